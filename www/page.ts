/** The page around the element. It sends nothing by itself; in the sandbox it offers examples, fetched on a click. */

import { german } from 'torque-gitlab-connect/element/de';
import { type EntriesWithTokens, TorqueGitlabConnectElement } from 'torque-gitlab-connect/element/define';

/** The sandbox's facts, as far as the examples need them. */
type Sandbox = {
  torque: string;
  space: string;
  torqueTokens: { admin: string };
  gitlab: { baseUrl: string };
  tokens: { name: string; token: string }[];
};

const element = document.querySelector('torque-gitlab-connect');
const box = document.querySelector<HTMLElement>('#sandbox');
const status = document.querySelector('#sandbox-status');

TorqueGitlabConnectElement.languages.set('de', german);
offerLanguages(document.querySelector('#language'));

if (element instanceof TorqueGitlabConnectElement) {
  const { portal, publicPortal, torque } = document.documentElement.dataset;
  // Served with a proxy to a real Torque, the page asks its own origin.
  if (portal !== undefined) {
    element.portalUrl = portal;
    element.publicPortalUrl = publicPortal;
  } else if (torque !== undefined) {
    // The sandbox's own. Otherwise the user says where Torque is: tokens go there, so it is not guessed.
    element.fill({ portalUrl: torque });
  }
  // The browser's Back leads to the step before. The history gets its name, and nothing that was typed.
  let shown = 'method';
  element.addEventListener('torque-gitlab-connect-step', ({ step }) => {
    shown = step;
    if ((history.state ?? 'method') !== step) history.pushState(step, '');
  });
  addEventListener('popstate', ({ state }) => {
    element.goTo(state ?? 'method');
    // While a job runs the element stays where it is: then the history goes back there, too.
    if (shown === 'connect' && state !== shown && element.report === null) history.forward();
  });
  // A reload loses nothing but tokens. Another tab has entries of its own.
  element.storage = ownStorage();
  const address = document.documentElement.getAttribute('data-sandbox');
  if (box !== null && address !== null) offerExamples(element, box, address);
}

/** English and German, the browser's choice at first. The element follows `lang`, the title the errors too. */
function offerLanguages(button: HTMLElement | null): void {
  const translated = [...document.querySelectorAll<HTMLElement>('[data-de]')].map((text) => ({
    text,
    en: text.textContent ?? '',
    de: text.getAttribute('data-de') ?? '',
  }));
  let errors = false;
  // A screen reader says the title first, and a tab in the background shows nothing else.
  const title = () => {
    const prefix = document.documentElement.lang === 'de' ? 'Fehler: ' : 'Error: ';
    document.title = `${errors ? prefix : ''}${document.querySelector('h1')?.textContent ?? ''}`;
  };
  element?.addEventListener('torque-gitlab-connect-errors', ({ shown }) => {
    errors = shown;
    title();
  });
  const speak = (language: 'en' | 'de') => {
    document.documentElement.lang = language;
    for (const { text, ...languages } of translated) text.textContent = languages[language];
    title();
    if (button === null) return;
    button.lang = language === 'en' ? 'de' : 'en';
    button.textContent = language === 'en' ? 'Deutsch' : 'English';
  };
  button?.addEventListener('click', () => speak(document.documentElement.lang === 'en' ? 'de' : 'en'));
  speak(navigator.language.startsWith('de') ? 'de' : 'en');
}

/** Reading the property throws where the user has forbidden storages. */
function ownStorage(): Storage | undefined {
  try {
    return sessionStorage;
  } catch {
    return undefined;
  }
}

function offerExamples(form: TorqueGitlabConnectElement, offer: HTMLElement, address: string): void {
  offer.hidden = false;
  for (const button of offer.querySelectorAll<HTMLButtonElement>('button[data-example]')) {
    button.addEventListener('click', async () => {
      const perRepository = button.getAttribute('data-example') === 'token_per_repository';
      try {
        const answer = await fetch(address, { cache: 'no-store' });
        const sandbox: Sandbox = await answer.json();
        form.fill(perRepository ? tokenForEach(sandbox) : oneProvider(sandbox));
        announce(
          document.documentElement.lang === 'de'
            ? `Eingetragen: ${button.textContent}. Wählen Sie Weiter.`
            : `Filled in: ${button.textContent}. Select Continue.`,
        );
      } catch {
        announce(
          document.documentElement.lang === 'de'
            ? 'Die Sandbox antwortet nicht. Läuft sie noch?'
            : 'The sandbox did not answer. Is it still running?',
        );
      }
    });
  }
}

function oneProvider(sandbox: Sandbox): EntriesWithTokens {
  const base = sandbox.gitlab.baseUrl;
  return {
    ...torque(sandbox),
    method: 'provider',
    name: 'gitlab-1',
    baseUrl: base,
    token: tokenOf(sandbox, 'provider_good'),
    repositories: [{ url: `${base}platform/terraform-modules` }, { url: `${base}payments/ledger` }],
  };
}

function tokenForEach(sandbox: Sandbox): EntriesWithTokens {
  const base = sandbox.gitlab.baseUrl;
  return {
    ...torque(sandbox),
    method: 'token_per_repository',
    baseUrl: base,
    repositories: [
      { url: `${base}platform/terraform-modules`, token: tokenOf(sandbox, 'repository_modules') },
      { url: `${base}payments/ledger`, token: tokenOf(sandbox, 'repository_good') },
    ],
  };
}

function torque(sandbox: Sandbox): EntriesWithTokens {
  return { portalUrl: sandbox.torque, space: sandbox.space, torqueToken: sandbox.torqueTokens.admin };
}

function tokenOf(sandbox: Sandbox, name: string): string {
  return sandbox.tokens.find((token) => token.name === name)?.token ?? '';
}

function announce(text: string): void {
  if (status !== null) status.textContent = text;
}
