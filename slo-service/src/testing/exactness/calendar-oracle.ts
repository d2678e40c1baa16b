import type { CalendarUnit } from '@sprout/objectives';

/**
 * Which of some consecutive minutes lie in the period of the last one before an end, found by
 * walking through them and asking for the date of each; shares no code with the calendar of the
 * objectives. A period begins where its name shows for the first time.
 */
export function calendarWalk(zone: string, minutesMs: readonly number[]) {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone });
  const dates = minutesMs.map((ms) => format.format(ms));
  return (unit: CalendarUnit) => {
    let newest = '';
    const names = dates.map((date, index) => {
      const name = date === dates[index - 1] ? newest : nameOf(unit, date);
      newest = name > newest ? name : newest;
      return newest;
    });
    return (end: number) => names.slice(0, end).map((name) => name === names[end - 1]);
  };
}

/** A name that sorts by time. */
function nameOf(unit: CalendarUnit, date: string): string {
  const [year = '', month = ''] = date.split('-');
  switch (unit) {
    case 'day':
      return date;
    case 'week':
      return mondayOf(date);
    case 'month':
      return `${year}-${month}`;
    case 'quarter':
      return `${year}-Q${Math.ceil(Number(month) / 3)}`;
    case 'year':
      return year;
  }
}

function mondayOf(date: string): string {
  const day = new Date(`${date}T00:00:00Z`);
  while (day.getUTCDay() !== 1) day.setUTCDate(day.getUTCDate() - 1);
  return day.toISOString().slice(0, 10);
}
