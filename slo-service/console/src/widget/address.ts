/** True for what a browser can open: a web address, or a path of this server. */
export function isAddress(text: string): boolean {
  return /^(https?:\/\/|\/(?!\/))/.test(text);
}
