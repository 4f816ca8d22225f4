import type { AppStart, SecretPlace } from '#core/ipc';
import type { Settings } from '#core/settings';
import type { ImageHostInfo } from '#core/image-host';
import type { KeyCheck } from '#core/key-check';
import type { ProviderInfo } from '#core/provider';
import type { CleanUpReport, StorageProgress, StorageReport, VerifyReport } from '#core/storage';
import type { Command } from '../commands/command';
import type { CleanUpLimits } from './storage-words';

/** What the settings show and what they can change. */
export interface SettingsProps {
  settings: Settings;
  /** What lists are narrowed to at first. */
  filter?: string | undefined;
  providers: readonly ProviderInfo[];
  imageHosts: readonly ImageHostInfo[];
  /** `provider.name` → where it is. */
  secrets: Readonly<Record<string, SecretPlace>>;
  /** Whether the system can encrypt keys. */
  canKeepSecrets: boolean;
  onChange: (change: Partial<Settings>) => void;
  /** Whether the key was taken. `null` forgets it. */
  onSecret: (provider: string, name: string, value: string | null) => Promise<boolean>;
  /** `undefined`: nobody could be asked, and that was shown. */
  onCheckKey: (provider: string) => Promise<KeyCheck | undefined>;
  onLink: (url: string) => void;
  onChooseFolder: () => void;
  onShowFolder: () => void;
  /** Every command, with the keys it has at first. */
  shortcuts: { platform: AppStart['platform']; first: readonly Command[] };
  storage: StorageActions;
  /** How far a check of the stored pictures has come; `null` when none is under way. */
  storageProgress: StorageProgress | null;
}

/** The upkeep of the data folder. `undefined`: it failed, and that was shown. */
export interface StorageActions {
  report: () => Promise<StorageReport | undefined>;
  verify: () => Promise<VerifyReport | undefined>;
  stopVerify: () => void;
  cleanUp: (limits: CleanUpLimits, dryRun: boolean) => Promise<CleanUpReport | undefined>;
}
