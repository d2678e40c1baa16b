/** How settings of a receiver, of Alertmanager's or Grafana's, name the parts of our template. */
export const title = '{{ template "sprout.title" . }}';
export const text = '{{ template "sprout.text" . }}';
