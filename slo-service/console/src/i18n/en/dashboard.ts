import { many } from './many.ts';

/** Texts of dashboards, in English. */
export const dashboardTexts = {
  dashboardsTitle: 'Dashboards',
  dashboardsLead: 'The same panels that Grafana gets, drawn here.',
  dashboardsNone: 'There are no dashboards.',
  dashboardsNoneFix:
    'Write them with ./sprout dashboards build, and name their directory as dashboardsDir in sprout.config.ts.',
  whatDashboards: 'The list of dashboards',
  whatDashboard: 'The dashboard',
  whatPanel: 'The data of this panel',
  whatChoices: 'The choices',
  panelCount: (count: string) => many(count, 'panel', 'panels'),
  boardLinks: 'Other dashboards',
  boardLive: 'Live preview: follows its sources',
  chooseAll: 'All',
  panelNoData: 'No data',
  panelNoDataCause: 'The query was answered, but nothing matches it in this range.',
  panelNothing: 'Nothing, and that is fine',
  panelQueries: 'Queries',
  rowEmpty: 'Nothing measured here.',
  rowShow: 'Show the panels',
  columnSeries: 'Series',
  columnValue: 'Value',
  columnTime: 'Time',
  columnFrom: 'From',
  columnTo: 'To',
  columnState: 'State',
  columnLinks: 'Links',
  columnDuration: 'Duration',
  columnService: 'Service',
  columnName: 'Name',
};
