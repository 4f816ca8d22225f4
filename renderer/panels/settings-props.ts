import type { SecretPlace, Settings } from '#core/ipc';
import type { ProviderInfo } from '#core/provider';

/** What the settings show and what they can change. */
export interface SettingsProps {
  settings: Settings;
  providers: readonly ProviderInfo[];
  /** `provider.name` → where it is. */
  secrets: Readonly<Record<string, SecretPlace>>;
  /** Whether the system can encrypt keys. */
  canKeepSecrets: boolean;
  onChange: (change: Partial<Settings>) => void;
  /** Whether the key was taken. `null` forgets it. */
  onSecret: (provider: string, name: string, value: string | null) => Promise<boolean>;
  onLink: (url: string) => void;
  onChooseFolder: () => void;
  onShowFolder: () => void;
}
