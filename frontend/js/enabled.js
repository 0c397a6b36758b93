// Runs before the page is drawn, so that nothing jumps when the components start. A file of its own because the
// content security policy allows no inline script.
document.body.classList.add('js-enabled');
if ('noModule' in HTMLScriptElement.prototype) document.body.classList.add('govuk-frontend-supported');
