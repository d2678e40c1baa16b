import type { PromqlProblem } from '@sprout/query';

/** What is wrong with a PromQL query, in Korean; in English it is the problem's message. */
export const promqlWords: Readonly<
  Record<PromqlProblem['kind'], (problem: PromqlProblem) => string>
> = {
  empty: () => '질의가 비어 있습니다',
  end: () => '질의가 끝나기 전에 끊겼습니다',
  function: ({ near }) => `"${near}"(이)라는 함수는 없습니다`,
  unexpected: ({ near, from }) => `${from + 1}번째 글자에 "${near}"이(가) 올 수 없습니다`,
};
