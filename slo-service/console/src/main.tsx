import { render } from 'preact';
import { followPlace } from './place/place.ts';
import { App } from './shell/app.tsx';
import { followKeys } from './shell/shortcuts.ts';
import { startNow } from './state/now.ts';
import { applyTheme } from './state/theme.ts';
import './theme/tokens.css';
import './theme/base.css';
import './theme/parts.css';
import './now/now.css';

const root = document.getElementById('app');
if (!root) throw new Error('index.html has no element #app');
applyTheme();
followPlace();
followKeys();
startNow();
render(<App />, root);
