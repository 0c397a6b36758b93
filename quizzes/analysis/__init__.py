"""Item analysis: what first attempts tell about questions and papers. No person is named."""
