type Language = 'en' | 'ko';

const words = {
  en: {
    title: 'SeSAC Market',
    email: 'Email',
    password: 'Password',
    signIn: 'Sign in',
    signOut: 'Sign out',
    wrong: 'Email or password is wrong.',
    often: 'Too many attempts. Wait a minute and try again.',
    expired: 'This sign-in has expired. Start again at the market.',
    refused: 'This request cannot be answered',
    again: 'Start again at the market.',
    signedOut: 'You are signed out',
  },
  ko: {
    title: '새싹 마켓',
    email: '이메일',
    password: '비밀번호',
    signIn: '로그인',
    signOut: '로그아웃',
    wrong: '이메일 또는 비밀번호가 올바르지 않습니다.',
    often: '시도가 너무 많습니다. 1분 후 다시 시도하세요.',
    expired: '로그인 시간이 만료되었습니다. 마켓에서 다시 시작하세요.',
    refused: '요청을 처리할 수 없습니다',
    again: '마켓에서 다시 시작하세요.',
    signedOut: '로그아웃되었습니다',
  },
} as const;

export type SignInTrouble = 'wrong' | 'often' | 'expired';

/** The form that asks for email and password; nothing that was typed is repeated in it. */
export function signInPage(language: Language, uid: string, trouble?: SignInTrouble): string {
  const { email, password, signIn } = words[language];
  const said = trouble === undefined ? '' : `<p role="alert">${words[language][trouble]}</p>`;
  const form = `<form method="post" action="/interaction/${encodeURIComponent(uid)}">
<label>${email} <input name="email" type="email" autocomplete="username" required maxlength="255" autofocus></label>
<label>${password} <input name="password" type="password" autocomplete="current-password" required maxlength="255"></label>
<button>${signIn}</button></form>`;
  return page(language, signIn, said + (trouble === 'expired' ? '' : form));
}

/** Asks whether to sign out; `form` is the provider's own. */
export function signOutPage(language: Language, form: string): string {
  const button = `<button form="op.logoutForm" name="logout" value="yes">${words[language].signOut}</button>`;
  return page(language, words[language].signOut, form + button);
}

/** A request that the provider refuses; `code` is OAuth's, for who looks into it. */
export function refusedPage(language: Language, code: string): string {
  const { refused, again } = words[language];
  const shown = /^\w{1,60}$/.test(code) ? ` <code>${code}</code>` : '';
  return page(language, refused, `<p role="alert">${again}${shown}</p>`);
}

/** Where people are who signed out without having come from the market. */
export function signedOutPage(language: Language): string {
  return page(language, words[language].signedOut, '');
}

function page(language: Language, heading: string, body: string): string {
  return `<!doctype html><html lang="${language}"><meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${heading} – ${words[language].title}</title>
<style>body{font:16px/1.5 system-ui,sans-serif;max-width:22rem;margin:4rem auto;padding:0 1rem}
label{display:block;margin:1rem 0}input{display:block;width:100%;padding:.5rem;box-sizing:border-box;font:inherit}
button{padding:.5rem 1.5rem;font:inherit}[role=alert]{color:#b00020}
@media(prefers-color-scheme:dark){body{background:#16181d;color:#e8e8e8}[role=alert]{color:#ff8a80}}</style>
<h1>${heading}</h1>${body}</html>`;
}
