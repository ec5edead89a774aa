/** The page around the element. It sends nothing by itself; in the sandbox it offers examples, fetched on a click. */

import { type Entries, TorqueGitlabConnect } from 'torque-gitlab-connect/element/define';

/** What the sandbox tells about itself, as far as the examples need it. */
type Sandbox = {
  torque: string;
  space: string;
  torqueTokens: { admin: string };
  gitlab: { baseUrl: string };
  tokens: { name: string; token: string }[];
};

const element = document.querySelector('torque-gitlab-connect');
const box = document.querySelector<HTMLElement>('#sandbox');
const said = document.querySelector('#sandbox-said');

if (element instanceof TorqueGitlabConnect) {
  const { portal, publicPortal } = document.documentElement.dataset;
  // Served with a proxy to a real Torque, the page asks its own origin.
  if (portal !== undefined) {
    element.portalUrl = portal;
    element.publicPortalUrl = publicPortal;
  } else {
    element.fill({ portalUrl: 'https://portal.qtorque.io/' });
  }
  // A reload loses nothing but tokens. Another tab has entries of its own.
  element.storage = ownStorage();
  const address = document.documentElement.getAttribute('data-sandbox');
  if (box !== null && address !== null) offerExamples(element, box, address);
}

/** Reading the property throws where the user has forbidden storages. */
function ownStorage(): Storage | undefined {
  try {
    return sessionStorage;
  } catch {
    return undefined;
  }
}

function offerExamples(form: TorqueGitlabConnect, offer: HTMLElement, address: string): void {
  offer.hidden = false;
  for (const button of offer.querySelectorAll<HTMLButtonElement>('button[data-example]')) {
    button.addEventListener('click', async () => {
      const perRepository = button.getAttribute('data-example') === 'token_per_repository';
      try {
        const answer = await fetch(address, { cache: 'no-store' });
        const sandbox: Sandbox = await answer.json();
        form.fill(perRepository ? tokenForEach(sandbox) : oneProvider(sandbox));
        tell(`Filled in: ${button.textContent}. Go through the steps with Continue.`);
      } catch {
        tell('The sandbox does not answer. Is it still running?');
      }
    });
  }
}

function oneProvider(sandbox: Sandbox): Entries {
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

function tokenForEach(sandbox: Sandbox): Entries {
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

function torque(sandbox: Sandbox): Entries {
  return { portalUrl: sandbox.torque, space: sandbox.space, torqueToken: sandbox.torqueTokens.admin };
}

function tokenOf(sandbox: Sandbox, name: string): string {
  return sandbox.tokens.find((token) => token.name === name)?.token ?? '';
}

function tell(text: string): void {
  if (said !== null) said.textContent = text;
}
