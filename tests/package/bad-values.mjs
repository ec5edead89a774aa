// Whatever JavaScript can pass.

export function cycle() {
  const object = { list: [] };
  object.list.push(object);
  object.self = object;
  return object;
}

function deep(levels) {
  let object = {};
  for (let level = 0; level < levels; level += 1) object = { a: object, b: [] };
  return object;
}

/** Few objects, and more ways through them than there are atoms. */
export function tangled(levels) {
  let object = {};
  for (let level = 0; level < levels; level += 1) object = { a: object, b: object };
  return object;
}

export const throwing = (key) =>
  Object.defineProperty({}, key, {
    enumerable: true,
    get() {
      throw new Error('from a getter');
    },
  });

export const throwingProxy = () =>
  new Proxy(
    {},
    {
      get() {
        throw new Error('get');
      },
      ownKeys() {
        throw new Error('ownKeys');
      },
      getPrototypeOf() {
        throw new Error('getPrototypeOf');
      },
    },
  );

export function revoked(target) {
  const { proxy, revoke } = Proxy.revocable(target, {});
  revoke();
  return proxy;
}

export const HUGE = [
  () => 'x'.repeat(1_000_000),
  () => 'ü'.repeat(1_000_000),
  () => '\u0001'.repeat(1_000_000),
  () => `https://gitlab.example.com/${'a/'.repeat(500_000)}`,
];

/** Made anew for each call, so that no call can profit from the one before. */
export const BAD = [
  () => undefined,
  () => null,
  () => true,
  () => 0,
  () => -1.5,
  () => Number.NaN,
  () => Number.POSITIVE_INFINITY,
  () => 1e308,
  () => 10n ** 400n,
  () => Symbol('s'),
  () => () => 'function',
  () => class {},
  () => '',
  () => ' ',
  () => 'x',
  () => '\0',
  () => '\ud800',
  () => 'https://gitlab.example.com/\udc00/b',
  () => '__proto__',
  () => '"}]',
  () => [],
  () => [undefined, null, [[]]],
  () => new Array(1_000),
  () => new Array(4_294_967_295),
  () => Object.assign([], { length: 10 }),
  () => ({}),
  () => Object.create(null),
  () => JSON.parse('{"__proto__":{"baseUrl":"x"},"constructor":1,"toString":2,"":3}'),
  () => ({ toJSON: () => 'https://gitlab.example.com/', toString: () => 'x', valueOf: () => 1 }),
  () => ({ '\ud800': 1 }),
  () => ({ baseUrl: {}, token: [], purpose: 1n, name: null, space: Symbol('s'), method: () => {} }),
  () => ({ status: 200, body: cycle() }),
  () => ({ status: 200, body: deep(200) }),
  () => ({ status: 1e9, body: 1n }),
  () => ({ status: '200', body: '' }),
  () => ({
    method: { kind: 'provider' },
    repositories: [1, null, {}, throwing('url')],
    policy: { pollMs: -1, seed: 0.5 },
  }),
  () => ({ method: { kind: 'other' }, repositories: {} }),
  () => new Date(),
  () => new Date(Number.NaN),
  () => new Map([['baseUrl', 'x']]),
  () => new Uint8Array(1_000),
  () => new String('https://gitlab.example.com/'),
  () => /regexp/,
  () => new Error('error'),
  () => Promise.reject(new Error('rejected')).catch(() => {}),
  () => globalThis,
  () => cycle(),
  () => deep(10_000),
  () => throwing('baseUrl'),
  () => throwing('token'),
  () => throwing('status'),
  () => throwing('length'),
  () => throwingProxy(),
  () => new Proxy([], { get: () => throwingProxy() }),
  () =>
    new Proxy(
      {},
      {
        ownKeys: () => ['baseUrl'],
        getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true, value: 1 }),
      },
    ),
  () => revoked({}),
  () => revoked([]),
  () => revoked(() => {}),
];
