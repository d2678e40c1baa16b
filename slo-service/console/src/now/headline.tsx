import type { ObjectiveList } from '@sprout/slo-service/api';
import { texts } from '../i18n/language.ts';
import { Shape } from '../widget/shape.tsx';
import { headlineWords, worstVerdict } from './headline-words.ts';

/** The one sentence that a glance should give. */
export function Headline({ counts }: Pick<ObjectiveList, 'counts'>) {
  const empty = Object.values(counts).every((count) => count === 0);
  return (
    <h1 class="headline">
      {empty ? null : <Shape kind={worstVerdict(counts)} />}
      {headlineWords(counts, texts())}
    </h1>
  );
}
