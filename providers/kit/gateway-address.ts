import type { SettingSpec } from '#core/provider';

/** The address of a vendor that has only one: every call can be sent elsewhere. */
export const gatewayAddress: SettingSpec = {
  name: 'baseUrl',
  label: 'Address',
  initial: '',
  hint: 'Only for a gateway: every call goes to this origin.',
};
