import { HardDrive, ImageUp, Keyboard, KeyRound, Link, SlidersHorizontal, Tag } from 'lucide-react';
import { Tabs } from 'radix-ui';
import { DialogFrame } from '../look/dialog-frame';
import { words } from '../look/words';
import type { SettingsTab } from '../stores/session-store';
import { SettingsAddresses } from './settings-addresses';
import { SettingsGeneral } from './settings-general';
import { SettingsImageHost } from './settings-image-host';
import { SettingsKeys } from './settings-keys';
import { SettingsPrices } from './settings-prices';
import type { SettingsProps } from './settings-props';
import { SettingsShortcuts } from './settings-shortcuts';
import { SettingsStorage } from './settings-storage';
import './settings.css';

const settingsTabs: readonly SettingsTab[] = [
  'general',
  'shortcuts',
  'keys',
  'imageHost',
  'addresses',
  'prices',
  'storage',
];

const tabs = {
  general: { label: words.settings.tabs.general, icon: SlidersHorizontal, content: SettingsGeneral },
  shortcuts: { label: words.shortcuts.tab, icon: Keyboard, content: SettingsShortcuts },
  keys: { label: words.settings.tabs.keys, icon: KeyRound, content: SettingsKeys },
  imageHost: { label: words.settings.tabs.imageHost, icon: ImageUp, content: SettingsImageHost },
  addresses: { label: words.settings.tabs.addresses, icon: Link, content: SettingsAddresses },
  prices: { label: words.settings.tabs.prices, icon: Tag, content: SettingsPrices },
  storage: { label: words.settings.tabs.storage, icon: HardDrive, content: SettingsStorage },
} as const satisfies Record<SettingsTab, object>;

export function SettingsDialog({
  tab,
  onTab,
  onClose,
  ...rest
}: SettingsProps & { tab: SettingsTab; onTab: (tab: SettingsTab) => void; onClose: () => void }) {
  return (
    <DialogFrame open onClose={onClose} title={words.settings.title} width={780} className="settings">
      <Tabs.Root
        className="settings-tabs"
        orientation="vertical"
        value={tab}
        onValueChange={(next) => onTab(next as SettingsTab)}
      >
        <Tabs.List className="settings-tab-list" aria-label={words.settings.title}>
          {settingsTabs.map((name) => {
            const { label, icon: Icon } = tabs[name];
            return (
              <Tabs.Trigger key={name} value={name} className="settings-tab">
                <Icon size={15} aria-hidden="true" /> {label}
              </Tabs.Trigger>
            );
          })}
        </Tabs.List>
        {settingsTabs.map((name) => {
          const { content: Content } = tabs[name];
          return (
            <Tabs.Content key={name} value={name} className="settings-page" tabIndex={-1}>
              <Content {...rest} />
            </Tabs.Content>
          );
        })}
      </Tabs.Root>
    </DialogFrame>
  );
}
