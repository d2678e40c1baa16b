// Runs before the first paint, so that a chosen theme never flashes the other one.
try {
  const theme =
    new URLSearchParams(location.search).get('theme') ?? localStorage.getItem('sprout.theme');
  if (theme === 'dark' || theme === 'light') document.documentElement.dataset.theme = theme;
} catch {
  // Storage can be forbidden; the theme then follows the system.
}
