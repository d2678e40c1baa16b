import { formatRatio } from '@sprout/objectives/figure';
import type { Point } from '@sprout/slo-service/api';
import { useMemo } from 'preact/hooks';
import { formatCount } from '../format/count.ts';
import { spellSpan } from '../format/time-span.ts';
import { locale, texts } from '../i18n/language.ts';
import { Figure } from '../widget/figure.tsx';
import { burnDownModel, eventsModel, leftOf, sliModel, sliOf } from './chart-models.ts';
import type { ChartFacts } from './chart-models.ts';
import { LeftWindow } from './left-window.tsx';
import { PointTable } from './point-table.tsx';
import { Readout } from './readout.tsx';

interface FigureProps {
  readonly facts: ChartFacts;
  readonly window: string;
}

/** Budget left over time. */
export function BurnDown({ facts, window }: FigureProps) {
  const t = texts();
  const points = facts.series.points;
  const model = useMemo(() => burnDownModel(facts), [facts]);
  return (
    <Figure
      id="burn"
      title={t.burnDownTitle}
      text={t.burnDownText(window)}
      chart={() => (
        <>
          <Readout
            model={model}
            points={points}
            label={burnDownSummary(points)}
            say={(point) => `${t.budgetLeft} ${formatRatio(leftOf(point))}`}
          />
          <LeftWindow series={facts.series} />
        </>
      )}
      table={() => (
        <PointTable
          id={facts.status.id}
          caption={t.burnDownTitle}
          points={points}
          columns={[{ name: t.budgetLeft, cell: (point) => formatRatio(leftOf(point)) }]}
        />
      )}
    />
  );
}

/** The SLI of each step against the promise. */
export function SliFigure({ facts }: Pick<FigureProps, 'facts'>) {
  const t = texts();
  const { points, stepSeconds } = facts.series;
  const model = useMemo(() => sliModel(facts), [facts]);
  const say = (point: Point) => `${t.sliTitle} ${formatRatio(sliOf(point), facts.status.target)}`;
  const text = t.sliText(spellSpan(stepSeconds, locale()));
  return (
    <Figure
      id="sli"
      title={t.sliTitle}
      text={text}
      chart={() => <Readout model={model} points={points} label={text} say={say} />}
      table={() => (
        <PointTable
          id={facts.status.id}
          caption={t.sliTitle}
          points={points}
          columns={[
            { name: t.sliTitle, cell: (point) => formatRatio(sliOf(point), facts.status.target) },
          ]}
        />
      )}
    />
  );
}

/** Good and bad events of each step. */
export function EventsFigure({ facts }: Pick<FigureProps, 'facts'>) {
  const t = texts();
  const { points, stepSeconds } = facts.series;
  const good = useMemo(() => eventsModel(facts, 'good'), [facts]);
  const bad = useMemo(() => eventsModel(facts, 'bad'), [facts]);
  const count = (value: number) => formatCount(value, locale());
  return (
    <Figure
      id="events"
      title={t.eventsTitle}
      text={t.eventsText(spellSpan(stepSeconds, locale()))}
      chart={() => (
        <>
          <Readout
            model={good}
            points={points}
            label={t.good}
            say={(p) => `${t.good} ${count(p.good)}`}
          />
          <Readout
            model={bad}
            points={points}
            label={t.bad}
            say={(p) => `${t.bad} ${count(p.bad)}`}
          />
        </>
      )}
      table={() => (
        <PointTable
          id={facts.status.id}
          caption={t.eventsTitle}
          points={points}
          columns={[
            { name: t.good, cell: (point) => count(point.good) },
            { name: t.bad, cell: (point) => count(point.bad) },
            { name: t.valid, cell: (point) => count(point.valid) },
          ]}
        />
      )}
    />
  );
}

function burnDownSummary(points: readonly Point[]): string {
  const t = texts();
  const known = points.map(leftOf).filter((left) => left !== null);
  return [
    t.burnDownTitle,
    t.burnDownSummary(
      formatRatio(known[0] ?? null),
      formatRatio(known.at(-1) ?? null),
      formatRatio(known.length > 0 ? Math.min(...known) : null),
    ),
  ].join('. ');
}
