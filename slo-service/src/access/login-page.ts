import { markup, raw } from '../report/markup.ts';
import type { Language } from '../language/language.ts';

/** What the page shows besides its form. */
export interface LoginPage {
  readonly language: Language;
  readonly returnTo: string;
  readonly hasOidc: boolean;
  /** True after a key that was not accepted. */
  readonly failed: boolean;
}

/** The page that browsers sign in at; without scripts, so that it works before anything else does. */
export function loginPage({ language, returnTo, hasOidc, failed }: LoginPage): string {
  const w = words[language];
  const oidc = `/auth/oidc?${new URLSearchParams({ return: returnTo })}`;
  return `<!doctype html>\n${
    markup`<html lang="${language}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${w.title}</title><style>${raw(style)}</style></head>
<body><main>
<h1>${w.title}</h1>
${failed ? markup`<p role="alert">${w.failed}</p>` : markup``}
<form method="post" action="/auth/session">
<input type="hidden" name="return" value="${returnTo}">
<label for="key">${w.key}</label>
<input id="key" name="key" type="password" autocomplete="current-password" required autofocus>
<button>${w.signIn}</button>
</form>
${hasOidc ? markup`<p><a href="${oidc}">${w.oidc}</a></p>` : markup``}
<p><small>${w.hint}</small></p>
</main></body>
</html>
`.html
  }`;
}

const words = {
  en: {
    title: 'Sign in to Sprout',
    key: 'API key',
    signIn: 'Sign in',
    oidc: "Sign in with your organisation's account",
    failed: 'This key is not known. Check it, or ask an admin for another.',
    hint: './sprout slo key create makes a key',
  },
  ko: {
    title: 'Sprout 로그인',
    key: 'API 키',
    signIn: '로그인',
    oidc: '조직 계정으로 로그인',
    failed: '알 수 없는 키입니다. 다시 확인하거나 관리자에게 새 키를 요청하세요.',
    hint: './sprout slo key create 명령으로 키를 만듭니다',
  },
} as const;

const style = `
:root { color-scheme: light dark; background: Canvas; color: CanvasText; }
body { font: 16px/1.5 system-ui, "Noto Sans KR", sans-serif; display: grid; place-items: center;
  min-height: 90vh; margin: 0; padding: 0 1rem; }
form { display: grid; gap: .5rem; min-width: min(20rem, 80vw); }
input, button { font: inherit; padding: .5rem; }
`;
