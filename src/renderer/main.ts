import './shell/no-eval';
import { mount } from 'svelte';
import App from './shell/App.svelte';
import { findBridge } from './connection/bridge';
import { connect } from './connection/connect';
import { notifyPort } from './shell/notify';
import { styleClasses } from './ui/class-styles';
import { Preferences } from './shell/state/preferences.svelte';
import { Screen } from './shell/state/screen.svelte';

const dark = matchMedia('(prefers-color-scheme: dark)');
const preferences = new Preferences(localStorage, dark.matches ? 'dark' : 'light');
dark.addEventListener('change', ({ matches }) => preferences.followSystem(matches ? 'dark' : 'light'));

styleClasses(document);

// As public/theme.js has it already, where storage could be read.
document.documentElement.dataset['theme'] = preferences.theme;

const connection = connect();
const screen = new Screen(connection, preferences, notifyPort(connection, findBridge() !== undefined));
const target = document.getElementById('app')!;
// What the page shows until now.
target.replaceChildren();
mount(App, { target, props: { screen } });
