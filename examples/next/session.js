/** Who is signed in: here whoever has the key of the environment in a cookie. A real portal asks its session store. */
export const cookie = 'session';

export function isSignedIn(request) {
  const [, key] = /(?:^|; )session=([^;]+)/.exec(request.headers.get('cookie') ?? '') ?? [];
  return key !== undefined && key === process.env.SESSION_KEY;
}
