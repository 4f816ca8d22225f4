import type { MenuItemConstructorOptions } from 'electron';
import { describe, expect, it, vi } from 'vitest';
import { menuCommands } from '#core/menu-command';
import { wordsOf } from '#core/words/words';
import { menuTemplate, type MenuState } from '../../../electron/main/menu-template';

function everyItem(items: readonly MenuItemConstructorOptions[]): MenuItemConstructorOptions[] {
  return items.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? everyItem(item.submenu) : [])]);
}

function makeMenu(state: Partial<MenuState> = {}) {
  const actions = {
    command: vi.fn(),
    textOr: vi.fn(),
    open: vi.fn(),
    forgetRecent: vi.fn(),
    showAbout: vi.fn(),
  };
  const template = menuTemplate(
    {
      platform: 'linux',
      words: wordsOf('en').desktop.menu,
      recent: [],
      keys: {},
      isPackaged: true,
      ...state,
    },
    actions,
  );
  return { template, items: everyItem(template), actions };
}

const click = (item: MenuItemConstructorOptions | undefined) =>
  item?.click?.(undefined as never, undefined, undefined as never);

describe.each(['darwin', 'linux', 'win32'] as const)('the menu on %s', (platform) => {
  it('gives every command once', () => {
    const { items, actions } = makeMenu({ platform });
    const ids = items.map(({ id }) => id).filter((id) => id?.includes('.'));
    expect([...ids].sort()).toEqual([...menuCommands].sort());
    for (const id of menuCommands) click(items.find((item) => item.id === id));
    const given = [
      ...actions.command.mock.calls.map(([command]) => command),
      ...actions.textOr.mock.calls.map(([, command]) => command),
    ];
    expect([...given].sort()).toEqual([...menuCommands].sort());
  });

  it('has no key twice, and none that text needs', () => {
    const { items } = makeMenu({ platform });
    const keys = items.map(({ accelerator }) => accelerator).filter((key) => key !== undefined);
    expect(new Set(keys).size).toBe(keys.length);
    for (const key of keys) expect(key).toMatch(/^(CmdOrCtrl|Cmd|Ctrl)\+/);
  });

  it('ends the app where the platform has it', () => {
    const [first] = makeMenu({ platform }).template;
    expect(first?.role === 'appMenu').toBe(platform === 'darwin');
    const file = makeMenu({ platform }).template.find(({ label }) => label === '&File');
    const roles = everyItem([file ?? {}]).map(({ role }) => role);
    expect(roles.includes('quit')).toBe(platform !== 'darwin');
    expect(roles.includes('close')).toBe(platform === 'darwin');
  });
});

describe('own keys', () => {
  const acceleratorWith = (...keys: string[]) =>
    makeMenu({ keys: { 'edit.duplicate': keys } }).items.find(({ id }) => id === 'edit.duplicate')
      ?.accelerator;
  it('stand in the menu where it can have them', () => {
    expect(acceleratorWith('Q', 'Mod+Shift+D')).toBe('CmdOrCtrl+Shift+D');
    expect(acceleratorWith('Mod+ArrowUp')).toBe('CmdOrCtrl+Up');
    expect(acceleratorWith('Mod++')).toBe('CmdOrCtrl+Plus');
  });
  it('leave the menu without one where it cannot, or where there is none', () => {
    expect(acceleratorWith('Q')).toBeUndefined();
    expect(acceleratorWith()).toBeUndefined();
  });
});

describe('the menu', () => {
  it('leaves text fields their own editing', () => {
    const { items, actions } = makeMenu();
    click(items.find(({ id }) => id === 'edit.paste'));
    expect(actions.textOr.mock.calls).toEqual([['paste', 'edit.paste']]);
    expect(actions.command).not.toHaveBeenCalled();
  });

  it('opens and forgets recent files', () => {
    const { items, actions } = makeMenu({ recent: ['/w/Salt & pepper.seedloom'] });
    click(items.find(({ label }) => label === 'Salt && pepper'));
    expect(actions.open).toHaveBeenCalledWith('/w/Salt & pepper.seedloom');
    const clear = items.find(({ label }) => label === 'Clear Menu');
    expect(clear?.enabled).toBe(true);
    click(clear);
    expect(actions.forgetRecent).toHaveBeenCalledOnce();
    expect(makeMenu().items.find(({ label }) => label === 'Clear Menu')?.enabled).toBe(false);
  });

  it('speaks the language it is given, its roles too', () => {
    const english = makeMenu({ platform: 'darwin' }).items;
    const german = makeMenu({ platform: 'darwin', words: wordsOf('de').desktop.menu }).items;
    const labels = (items: readonly MenuItemConstructorOptions[]) =>
      items.filter(({ type, role }) => type !== 'separator' && role !== 'appMenu').map(({ label }) => label);
    expect(labels(german)).not.toContain(undefined);
    const same = labels(english).filter((label, place) => label === labels(german)[place]);
    expect(same).toEqual([]);
  });

  it('has developer tools in a checkout only', () => {
    const roles = (isPackaged: boolean) => makeMenu({ isPackaged }).items.map(({ role }) => role);
    expect(roles(false)).toContain('toggleDevTools');
    expect(roles(true)).not.toContain('toggleDevTools');
    expect(roles(true)).not.toContain('reload');
  });
});
