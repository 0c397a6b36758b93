import { Button } from 'govuk-frontend/dist/govuk/components/button/button.mjs';
import { ErrorSummary } from 'govuk-frontend/dist/govuk/components/error-summary/error-summary.mjs';
import { NotificationBanner } from 'govuk-frontend/dist/govuk/components/notification-banner/notification-banner.mjs';
import { PasswordInput } from 'govuk-frontend/dist/govuk/components/password-input/password-input.mjs';
import { SkipLink } from 'govuk-frontend/dist/govuk/components/skip-link/skip-link.mjs';
import { Leave } from './leave.js';

// One component that fails must not stop the others: the exit button least of all, so it goes first.
for (const Component of [Leave, ErrorSummary, NotificationBanner, Button, PasswordInput, SkipLink]) {
  for (const element of document.querySelectorAll(`[data-module="${Component.moduleName}"]`)) {
    try {
      new Component(element);
    } catch (error) {
      console.error(error);
    }
  }
}
