import type { Settings } from '#core/settings';
import type { KeyCheck } from '#core/key-check';
import { sessionStore, type SettingsTab } from '../stores/session-store';
import { ask, call } from './bridge';
import { showFailure } from './notices';
import { keepAll } from './keep-session';
import { planSoon } from './planning';

/** `filter`: what its list is narrowed to at first. */
export function openSettings(tab: SettingsTab = 'general', filter?: string): void {
  sessionStore.actions.set({
    overlay: { kind: 'settings', tab, ...(filter === undefined ? {} : { filter }) },
  });
}

/** What no plan looks at. */
const withoutPlan = new Set(['theme', 'budget', 'wiresAround']);

/** Changes settings; they are shown as they were taken. Prices, addresses and folders change the plan. */
export async function changeSettings(change: Partial<Settings>): Promise<void> {
  // Another language is another load of the page.
  if (change.language !== undefined) await keepAll();
  const settings = await ask('settings.change', change);
  if (settings === undefined) return;
  sessionStore.actions.set({ settings });
  if (Object.keys(change).some((name) => !withoutPlan.has(name))) planSoon();
}

/** Keeps a key, or forgets it (`null`); whether it was taken. */
export async function setSecret(provider: string, name: string, value: string | null): Promise<boolean> {
  const answer = await call('secret.set', { provider, name, value });
  if (!answer.ok) {
    showFailure(answer.failure);
    return false;
  }
  sessionStore.actions.set({ secrets: answer.value });
  planSoon();
  return true;
}

/** Whether a provider's key works; `undefined` when that could not be asked, which was shown. */
export async function checkKey(provider: string): Promise<KeyCheck | undefined> {
  return ask('secret.check', { provider });
}

export async function openLink(url: string): Promise<void> {
  await ask('link.open', { url });
}

const nextTheme = { dark: 'light', light: 'grey', grey: 'dark' } as const;

/** Dark, light, grey room, and round again; from "as the system" to the next of what is seen. */
export async function switchTheme(): Promise<void> {
  const { theme } = sessionStore.getState().settings;
  const seen =
    theme === 'system' ? (matchMedia('(prefers-color-scheme: light)').matches ? 'light' : 'dark') : theme;
  await changeSettings({ theme: nextTheme[seen] });
}
