import { alertsOf } from '@sprout/signals';
import { shownMetrics } from './shown.ts';
import { signalCheck } from './subject.ts';

export const signalUsed = signalCheck({
  name: 'signal-used',
  summary: 'A signal that no panel, alert or promise reads, without a reason.',
  why: 'It costs storage, and nobody would notice when it breaks.',
  fix: 'Give it a panel or an alert, or do not emit it; where a library emits it anyway, say why nobody misses it: `noPanel(why)`.',
  bad: { panel: { view: 'none', by: [] } },
  messages: (signal, subject) =>
    shownMetrics(subject).has(signal.name) ||
    subject.promised.includes(signal.name) ||
    alertsOf(signal).length > 0 ||
    signal.panel.why !== undefined
      ? []
      : ['nothing reads it'],
});
