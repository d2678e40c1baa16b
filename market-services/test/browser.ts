/** An answer of a page, with where it leads. */
export interface Visit {
  readonly url: string;
  readonly status: number;
  readonly location: string | undefined;
  readonly setCookies: readonly string[];
  readonly headers: Headers;
  readonly body: string;
}

/** Visits pages as a browser does: keeps cookies per address, follows nothing by itself. */
export interface Browser {
  visit(url: string, form?: Readonly<Record<string, string>>): Promise<Visit>;
  /** Follows redirects to their end. */
  follow(visit: Visit): Promise<Visit>;
  /** The value of a cookie at an address. */
  cookie(url: string, name: string): string | undefined;
  setCookie(url: string, name: string, value: string): void;
}

const hopsMax = 10;

export function openBrowser(headers: Readonly<Record<string, string>> = {}): Browser {
  const jars = new Map<string, Map<string, string>>();
  const jarOf = (url: string) => {
    const { host } = new URL(url);
    const jar = jars.get(host) ?? new Map<string, string>();
    jars.set(host, jar);
    return jar;
  };
  const visit: Browser['visit'] = async (url, form) => {
    const jar = jarOf(url);
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { ...headers, ...(cookie !== '' && { cookie }) },
      ...(form && { method: 'POST', body: new URLSearchParams(form) }),
    });
    const setCookies = response.headers.getSetCookie();
    for (const one of setCookies) remember(jar, one);
    const to = response.headers.get('location');
    const location = to === null ? undefined : new URL(to, url).href;
    const body = await response.text();
    return { url, status: response.status, location, setCookies, headers: response.headers, body };
  };
  return {
    visit,
    follow: async (first) => {
      let last = first;
      for (let hops = 0; last.location !== undefined; hops += 1) {
        if (hops === hopsMax) throw new Error(`too many redirects, last to ${last.location}`);
        last = await visit(last.location);
      }
      return last;
    },
    cookie: (url, name) => jarOf(url).get(name),
    setCookie: (url, name, value) => void jarOf(url).set(name, value),
  };
}

function remember(jar: Map<string, string>, setCookie: string): void {
  const [pair = '', ...attributes] = setCookie.split(';').map((part) => part.trim());
  const name = pair.slice(0, pair.indexOf('='));
  const isOver = attributes.some((one) => /^expires=thu, 01 jan 1970/i.test(one));
  if (isOver) jar.delete(name);
  else jar.set(name, pair.slice(pair.indexOf('=') + 1));
}
