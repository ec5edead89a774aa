/**
 * For a portal's server: passes on to Torque what the form asks, and nothing else, so that no page needs a Torque token and
 * Torque need not answer pages of other origins.
 */

import { aborted, readBody } from './body.js';
import { contentTypePassedOn, type ProxiedRequest, torqueEndpoint } from './wasm/core.js';

/** Settings of `torqueProxy`. */
export interface TorqueProxyOptions {
  /** Torque URL. */
  torque: string;
  /**
   * Decides who may use the proxy. Called with each request for one of Torque's endpoints, before its body is read. `space` is the name
   * of the space, `null` if a provider is created. Any value but `true` refuses: a `Response` is the answer, others are 403.
   */
  authorize: (request: Request, endpoint: { space: string | null }) => Authorized | Promise<Authorized>;
  /**
   * Torque API token, or a function that returns it for a request. Without one, the request's own `Authorization` is passed on, and the
   * user types the token.
   */
  token?: string | ((request: Request) => string | Promise<string>);
  /** The path that the proxy is mounted at; `/` by default. */
  prefix?: string;
  /** Names of the spaces that may be reached; all by default. A provider belongs to no space. */
  spaces?: readonly string[];
  /** Sends the requests; the platform's by default. */
  fetch?: typeof fetch;
}

/** The result of `authorize`: only `true` accepts a request. */
export type Authorized = boolean | Response;

/** Longer than the form's own time limit, so that the form decides what a missing answer means. */
const ANSWER_TIME_MS = 120_000;

/**
 * Returns a function that answers the requests of the form. It passes on requests to the three endpoints of Torque that the form uses,
 * if they come from its own origin and `authorize` accepts them. Redirects are not followed, and nothing is stored or logged.
 *
 * Throws a `TypeError` if the settings are unsafe: no `authorize`, or plain http to another machine. The returned function
 * rejects with what `authorize` and `token` throw.
 *
 * @example
 * ```ts
 * const proxy = torqueProxy({
 *   torque: 'https://portal.qtorque.io',
 *   token: process.env.TORQUE_TOKEN,
 *   prefix: '/api/torque/',
 *   authorize: async (request) => (await sessionOf(request))?.isAdministrator === true,
 * });
 * ```
 */
export function torqueProxy(options: TorqueProxyOptions): (request: Request) => Promise<Response> {
  const { torque, authorize, token, prefix = '/', spaces, fetch: send = globalThis.fetch, ...others } = options;
  if (typeof authorize !== 'function') {
    throw new TypeError(
      'torqueProxy needs authorize, a function of the request that says who may: without it everybody could use your Torque token.',
    );
  }
  if ('token' in options && typeof token !== 'function' && typeof token !== 'string') {
    throw new TypeError('torqueProxy: token is there, but it is neither text nor a function. Is a variable not set?');
  }
  if ('spaces' in options && !Array.isArray(spaces)) {
    throw new TypeError('torqueProxy: spaces: it is there, but it is no list. Is a variable not set?');
  }
  // Unknown options are refused: a misspelt one would leave more open than was wanted. The core suggests the right name.
  const settings = {
    ...others,
    torque,
    prefix,
    ...(spaces && { spaces }),
    ...(typeof token === 'string' && { token }),
  };
  const judge = (head: Head & { token?: string }) => {
    const judged = torqueEndpoint({ ...settings, ...head });
    if (judged.ok) return judged.value;
    const errors = judged.issues.filter(({ severity }) => severity === 'error');
    throw new TypeError(`torqueProxy: ${errors.map(({ path, message }) => `${path.join('.')}: ${message}`).join(' ')}`);
  };
  // What is wrong with the settings is thrown at once.
  judge({ method: 'GET', path: '/', host: '' });

  return async (request) => {
    const head = headOf(request);
    const judged = judge(head);
    if ('status' in judged) return refuse(judged.status, judged.error);
    const authorized = await authorize(request, { space: judged.space });
    if (authorized instanceof Response) return authorized;
    if (authorized !== true) return refuse(403, 'you may not do this');
    const ofRequest = typeof token === 'function' ? judge({ ...head, token: (await token(request)) ?? '' }) : judged;
    if ('status' in ofRequest) return refuse(ofRequest.status, ofRequest.error);
    const bytes = await bytesOf(request.body, judged.requestLimit, request.signal).catch(() => undefined);
    if (bytes === undefined) return refuse(400, 'the body cannot be read');
    if (bytes === null) return refuse(413, 'the body is larger than 1 MB');

    const headers = new Headers({ Accept: 'application/json' });
    const authorization = token === undefined ? request.headers.get('authorization') : ofRequest.authorization;
    if (authorization !== null) headers.set('Authorization', authorization);
    if (judged.method === 'POST') headers.set('Content-Type', 'application/json');
    const body = await bytes.text();
    const signal = AbortSignal.timeout(ANSWER_TIME_MS);
    try {
      const answered = async () =>
        passedOn(
          await send(judged.url, {
            method: judged.method,
            headers,
            ...(judged.method === 'POST' && { body }),
            redirect: 'manual',
            signal,
          }),
          judged.answerLimit,
          signal,
        );
      // An injected fetch may not know about signals.
      return await Promise.race([answered(), aborted(signal)]);
    } catch (error) {
      const isLate = error instanceof Error && error.name === 'TimeoutError';
      return refuse(isLate ? 504 : 502, 'there was no answer from Torque; nobody knows what it did');
    }
  };
}

/** The parts of a request that decide. */
type Head = Pick<ProxiedRequest, 'method' | 'path' | 'host' | 'origin' | 'site' | 'length'>;

function headOf({ method, url, headers }: Request): Head {
  const { host, pathname, search } = new URL(url);
  const [origin, site] = [headers.get('origin'), headers.get('sec-fetch-site')];
  const length = headers.get('content-length') ?? '';
  return {
    method,
    path: pathname + search,
    host,
    ...(origin !== null && { origin }),
    ...(site !== null && { site }),
    ...(/^\d{1,15}$/.test(length) && { length: Number(length) }),
  };
}

/** The answer with status, type and `Retry-After`. What is not JSON is plain text, so that no HTML runs with the portal's origin. */
async function passedOn(answer: Response, limit: number, signal: AbortSignal): Promise<Response> {
  const body = await bytesOf(answer.body, limit, signal);
  if (body === null) return refuse(502, 'the answer is longer than 16 MB');
  const type = contentTypePassedOn(answer.headers.get('content-type') ?? '');
  if (!type.ok) return refuse(502, 'the type of the answer cannot be read');
  const headers = headersOf(type.value);
  const retryAfter = answer.headers.get('retry-after');
  if (retryAfter !== null) headers.set('Retry-After', retryAfter);
  // Some platforms answer 0 for a redirect. The form only reports that there was one.
  const status = answer.status === 0 ? 302 : answer.status;
  const isBare = [204, 205, 304].includes(status);
  return new Response(isBare ? null : body, { status, headers });
}

/** All bytes, or `null` if there are more than `limit`. */
async function bytesOf(body: ReadableStream<unknown> | null, limit: number, signal: AbortSignal): Promise<Blob | null> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let rest = limit;
  if (body !== null) {
    await readBody(body, signal, (bytes) => {
      rest -= bytes.length;
      chunks.push(bytes);
      return rest >= 0;
    });
  }
  return rest < 0 ? null : new Blob(chunks);
}

function refuse(status: number, error: string): Response {
  return new Response(JSON.stringify({ error, refusedBy: 'proxy' }), {
    status,
    headers: headersOf('application/json'),
  });
}

function headersOf(type: string): Headers {
  return new Headers({ 'Content-Type': type, 'X-Content-Type-Options': 'nosniff', 'Cache-Control': 'no-store' });
}
