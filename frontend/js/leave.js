import { ExitThisPage } from 'govuk-frontend/dist/govuk/components/exit-this-page/exit-this-page.mjs';

// The stock component adds the neutral site after this page, so that Back returns here.
// Ours takes this page's place in the history. The button, the skip link and Shift pressed three times all come through exitPage.
export class Leave extends ExitThisPage {
  exitPage() {
    this.$overlay = document.createElement('div');
    this.$overlay.className = 'govuk-exit-this-page-overlay';
    this.$overlay.setAttribute('role', 'alert');
    document.body.append(this.$overlay);
    document.body.classList.add('govuk-exit-this-page-hide-content');
    this.$overlay.textContent = this.i18n.t('activated');
    window.location.replace(this.$button.href);
  }
}
