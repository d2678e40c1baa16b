import type { Dictionary } from '../dictionary.ts';
import type { dashboardTexts as english } from '../en/dashboard.ts';

/** Texts of dashboards, in Korean. */
export const dashboardTexts: Pick<Dictionary, keyof typeof english> = {
  dashboardsTitle: '대시보드',
  dashboardsLead: 'Grafana에 보내는 것과 같은 패널을 여기서 그립니다.',
  dashboardsNone: '대시보드가 없습니다.',
  dashboardsNoneFix:
    './sprout dashboards build로 만들고, sprout.config.ts의 dashboardsDir에 디렉터리를 적으세요.',
  whatDashboards: '대시보드 목록',
  whatDashboard: '대시보드',
  whatPanel: '이 패널의 데이터',
  whatChoices: '선택지',
  panelCount: (count) => `패널 ${count}개`,
  boardLinks: '다른 대시보드',
  boardLive: '실시간 미리 보기: 소스를 따라갑니다',
  chooseAll: '전체',
  exemplar: (value: string) => `요청의 트레이스: ${value}`,
  exemplarHighest: (value: string) => `가장 큰 값의 트레이스: ${value}`,
  panelNoData: '데이터 없음',
  panelNoDataCause: '쿼리는 응답을 받았지만 이 기간에 해당하는 것이 없습니다.',
  panelNothing: '없음, 정상입니다',
  panelQueries: '쿼리',
  rowEmpty: '여기서는 측정된 것이 없습니다.',
  rowShow: '패널 보기',
  columnSeries: '계열',
  columnValue: '값',
  columnTime: '시각',
  columnFrom: '부터',
  columnTo: '까지',
  columnState: '상태',
  columnLinks: '링크',
  columnDuration: '걸린 시간',
  columnService: '서비스',
  columnName: '이름',
};
