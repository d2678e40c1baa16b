/** What an alert says in Korean. */
export interface KoreanText {
  readonly summary: string;
  /** What breaks for whom. */
  readonly impact: string;
  readonly firstStep: string;
}
