import type { PanelModel } from '@sprout/grafana/model';
import { place } from '../../place/place.ts';
import { linkHref } from '../fill.ts';
import type { Labels } from '../fill.ts';

/** The name of a series; it leads to where the panel's first link says, at the same time. */
export function SeriesName(props: {
  readonly panel: PanelModel;
  readonly name: string;
  readonly labels: Labels;
}) {
  const [link] = props.panel.links ?? [];
  const href = link && linkHref(link, props.labels, place.value.query);
  return href === undefined ? <>{props.name}</> : <a href={href}>{props.name}</a>;
}

/** All links of a panel that a series can fill. */
export function SeriesLinks({ panel, labels }: Omit<Parameters<typeof SeriesName>[0], 'name'>) {
  return (
    <span class="links">
      {(panel.links ?? []).map((link) => {
        const href = linkHref(link, labels, place.value.query);
        return href === undefined ? null : (
          <a key={link.title} href={href}>
            {link.title}
          </a>
        );
      })}
    </span>
  );
}
