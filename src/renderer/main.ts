import './shell/no-eval';
import { mount } from 'svelte';
import App from './shell/App.svelte';
import { connect } from './connection/connect';
import { features } from './features';
import { styleClasses } from './ui/class-styles';
import { Preferences } from './shell/state/preferences.svelte';

const dark = matchMedia('(prefers-color-scheme: dark)');
const preferences = new Preferences(localStorage, dark.matches ? 'dark' : 'light');
dark.addEventListener('change', ({ matches }) => preferences.followSystem(matches ? 'dark' : 'light'));

styleClasses(document);

// As public/theme.js has it already, where storage could be read.
document.documentElement.dataset['theme'] = preferences.theme;

const target = document.getElementById('app')!;
// What the page shows until now.
target.replaceChildren();
mount(App, { target, props: { opening: { connection: connect(), preferences, features } } });
