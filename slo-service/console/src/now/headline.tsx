import type { ObjectiveStatus } from '@sprout/slo-service/api';
import { texts } from '../i18n/language.ts';
import { Shape } from '../widget/shape.tsx';
import { headlineWords, worstVerdict } from './headline-words.ts';

/** The one sentence that a glance should give. */
export function Headline({ items }: { readonly items: readonly ObjectiveStatus[] }) {
  return (
    <h1 class="headline">
      {items.length === 0 ? null : <Shape kind={worstVerdict(items)} />}
      {headlineWords(items, texts())}
    </h1>
  );
}
