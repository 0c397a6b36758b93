// Wagtail starts some of its boxes (dates, choosers, rows to add) by small scripts written into the page. Our security
// policy runs no script that stands in a page. So they are read here: a known name, called with plain data, and nothing else.
const KNOWN = new Set([
  'initDateChooser', 'initDateTimeChooser', 'initTimeChooser',
  'Chooser', 'DocumentChooser', 'ImageChooser', 'PageChooser', 'SnippetChooser',
  'InlinePanel', 'MultipleChooserPanel',
]);
const CALL = /^\s*(new )?(\w+)\(([\s\S]*)\);?\s*$/;
const PANEL = /^\s*\(function\(\) \{\s*var panel = (new )(\w+)\(JSON\.parse\(("[^"]*")\)\);\s*\}\)\(\);\s*$/;

function start(script) {
  const panel = PANEL.exec(script.textContent);
  const [, made, name, data] = panel ?? CALL.exec(script.textContent) ?? [];
  if (!KNOWN.has(name) || !(name in window) || script.dataset.started) return;
  script.dataset.started = 'yes';
  const values = JSON.parse(`[${panel ? JSON.parse(data) : data}]`);
  if (!made) window[name](...values);
  else if (name === 'MultipleChooserPanel') startRowsAtOnce(new window[name](...values));
  else new window[name](...values);
}

// This panel speaks to the box of a row it has just added: that cannot wait for the observer below.
function startRowsAtOnce(panel) {
  const add = panel.addForm.bind(panel);
  panel.addForm = (...options) => {
    add(...options);
    startAll(document);
  };
}

function startAll(root) {
  root.querySelectorAll('script:not([src]):not([type])').forEach((script) => {
    try {
      start(script);
    } catch (error) {
      console.error(error);
    }
  });
}

function begin() {
  startAll(document);
  // Dialogs and new blocks come later.
  new MutationObserver((changes) => changes.forEach(({ addedNodes }) => addedNodes.forEach((node) => {
    if (node.nodeName === 'SCRIPT') startAll(node.parentNode ?? document);
    else if (node.querySelectorAll) startAll(node);
  }))).observe(document.body, { childList: true, subtree: true });
}

// All scripts are there, and Wagtail's own beginning (on DOMContentLoaded) is still to come: it moves menus about.
if (document.readyState === 'loading') document.addEventListener('readystatechange', begin, { once: true });
else begin();
