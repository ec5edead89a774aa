/**
 * Runs before everything else of a page under test, as a file of its own, so that the page's Content-Security-Policy
 * stays as it is. It notes what a page could give away: policy violations, console output, errors, requests.
 */
{
  const watched = { violations: [], console: [], requests: [] };
  Object.defineProperty(window, 'watched', { value: watched });

  document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sourceFile, lineNumber }) =>
    watched.violations.push(`${violatedDirective} ${blockedURI} ${sourceFile}:${lineNumber}`),
  );

  const text = (value) => {
    if (typeof value === 'string') return value;
    if (value instanceof Error) return `${value}\n${value.stack}`;
    try {
      return JSON.stringify(value) ?? String(value);
    } catch {
      return String(value);
    }
  };
  for (const level of ['debug', 'log', 'info', 'warn', 'error', 'trace', 'dir', 'table', 'assert', 'group']) {
    const original = console[level];
    console[level] = (...values) => {
      watched.console.push(`${level}: ${values.map(text).join(' ')}`);
      original.apply(console, values);
    };
  }
  addEventListener('error', ({ message, error }) => watched.console.push(`uncaught: ${text(error ?? message)}`));
  addEventListener('unhandledrejection', ({ reason }) => watched.console.push(`unhandled: ${text(reason)}`));

  const { fetch } = window;
  window.fetch = (input, init) => {
    // Made anew, a request's body would be used up.
    const request = input instanceof Request ? input : new Request(input, init);
    const { method, url, referrerPolicy, credentials, redirect, cache } = request;
    watched.requests.push({ by: 'fetch', method, url, referrerPolicy, credentials, redirect, cache });
    return fetch(input, init);
  };
  const { open } = XMLHttpRequest.prototype;
  XMLHttpRequest.prototype.open = function (method, url, ...others) {
    watched.requests.push({ by: 'XMLHttpRequest', method, url: String(new URL(url, location.href)) });
    return open.call(this, method, url, ...others);
  };
  const { sendBeacon } = Navigator.prototype;
  Navigator.prototype.sendBeacon = function (url, data) {
    watched.requests.push({ by: 'sendBeacon', method: 'POST', url: String(new URL(url, location.href)) });
    return sendBeacon.call(this, url, data);
  };
  new PerformanceObserver((list) => {
    for (const { name, initiatorType } of list.getEntries()) {
      watched.requests.push({ by: `resource ${initiatorType}`, method: null, url: name });
    }
  }).observe({ type: 'resource', buffered: true });

  /** What the page's policy must stop, tried by a script of the page: what WebDriver runs itself, a policy may not bind. */
  window.attemptForbidden = async () => {
    await new Promise((resolve) => setTimeout(resolve)); // out of WebDriver's own task
    const attempts = {
      'markup from text': () => {
        document.body.innerHTML = '<b>markup</b>';
      },
      'code from text': () => new Function('1'),
      'a script of another origin': () => {
        document.createElement('script').src = 'https://example.com/';
      },
      'a policy of its own': () => window.trustedTypes.createPolicy('another', {}),
    };
    const succeeds = ([, attempt]) => {
      try {
        attempt();
        return true;
      } catch {
        return false;
      }
    };
    return Object.entries(attempts)
      .filter(succeeds)
      .map(([what]) => what);
  };
}
