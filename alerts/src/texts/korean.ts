/** What an alert says in Korean; what is left out is said in general words. */
export interface KoreanText {
  readonly summary: string;
  readonly impact?: string;
  readonly firstStep?: string;
}

/** Korean texts of the alerts that signals declare, by the name of the alert. */
export const koreanTexts: Readonly<Record<string, KoreanText>> = {
  TargetDown: {
    summary: '{{ $labels.service }} ({{ $labels.instance }})가 수집에 응답하지 않습니다',
  },
};
