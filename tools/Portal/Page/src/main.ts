import { announcer } from './base/announce.ts';
import { h } from './base/dom.ts';
import { refreshTimes } from './base/format.ts';
import { Live } from './base/live.ts';
import { applyTheme } from './base/theme.ts';
import { shell } from './shell.ts';

applyTheme();
const live = new Live();
document.body.append(shell(live), announcer(), h('div', { id: 'tooltips' }));
setInterval(refreshTimes, 15_000);
