import { SpokenProblem } from '../language/spoken-problem.ts';
import type { Text } from '../language/text.ts';

/** A request whose path or body its reader stumbled over; in English the reader's own words. */
export function unreadable(status: number, error: unknown, hint: Text): SpokenProblem {
  return new SpokenProblem(status, 'REQUEST_UNREADABLE', {
    title: { en: 'The request cannot be read', ko: '요청을 읽을 수 없습니다' },
    detail: { en: error instanceof Error ? error.message : String(error), ko: inKorean(error) },
    hint,
  });
}

/** By the `type` of an error of Express' readers of bodies; a path has none. */
function inKorean(error: unknown): string {
  if (error instanceof URIError) return '경로의 퍼센트 인코딩이 올바르지 않습니다';
  const type = typeof error === 'object' && error !== null && 'type' in error ? error.type : '';
  return reasons[String(type)] ?? '본문을 읽을 수 없습니다';
}

const reasons: Readonly<Record<string, string>> = {
  'charset.unsupported': '본문의 문자 집합을 읽을 수 없습니다',
  'encoding.unsupported': '본문의 압축 방식(Content-Encoding)을 읽을 수 없습니다',
  'entity.parse.failed': '본문이 올바른 JSON이 아닙니다',
  'entity.too.large': '본문이 너무 큽니다',
  'request.aborted': '본문이 다 오기 전에 요청이 끊겼습니다',
  'request.size.invalid': '본문의 길이가 Content-Length와 다릅니다',
};
