import { describe, expect, it } from 'vitest';
import { BROKERS } from '../../src/main/brokers/registry.ts';
import { envCredentials } from '../../src/main/platform/env-credentials.ts';
import { somewhere, vaultAt } from '../support/noting-vault.ts';

describe('credentials in the environment', () => {
  const env = {
    TICKSCOPE_KITE_API_KEY: 'key',
    TICKSCOPE_KITE_ACCESS_TOKEN: 'token',
    TICKSCOPE_KITE_API_SECRET: '',
    TICKSCOPE_KITE_API_URL: 'http://127.0.0.1:1',
    TICKSCOPE_KITE_WS_URL: 'ws://127.0.0.1:1',
    TICKSCOPE_KITE_LOGIN_URL: 'http://127.0.0.1:1',
    TICKSCOPE_FYERS_REDIRECT_URL: 'http://127.0.0.1:4210/login/fyers',
    TICKSCOPE_T_INVEST_TOKEN: 't',
    TICKSCOPE_DATA_DIR: '/data',
    KITE_PIN: '1234',
  };

  it('are fields of their broker; addresses and empty ones are not', () => {
    expect(envCredentials('kite', env)).toEqual({ apiKey: 'key', accessToken: 'token' });
    expect(envCredentials('t-invest', env)).toEqual({ token: 't' });
    expect(envCredentials('fyers', env), 'an address that is a credential').toEqual({
      redirectUrl: 'http://127.0.0.1:4210/login/fyers',
    });
    expect(envCredentials('fcs', env)).toEqual({});
  });

  it.each(BROKERS.flatMap(({ manifest }) => manifest.credentialFields.map(({ name }) => [manifest.id, name] as const)))(
    'can give each credential: %s %s',
    (broker, field) => {
      const name = `TICKSCOPE_${broker}_${field.replaceAll(/([A-Z])/g, '_$1')}`.toUpperCase();
      expect(envCredentials(broker, { [name]: 'value' }), name).toEqual({ [field]: 'value' });
    },
  );

  it('overrule the file and never enter it', () => {
    const path = somewhere();
    vaultAt(path).vault.write('kite', { apiKey: 'saved', accessToken: 'old', userId: 'AB1234' });
    const { vault } = vaultAt(path, { env });
    expect(vault.read('kite')).toEqual({ apiKey: 'key', accessToken: 'token', userId: 'AB1234' });
    vault.write('kite', { userId: 'CD5678' });
    expect(vaultAt(path).vault.read('kite')).toEqual({ apiKey: 'saved', accessToken: 'old', userId: 'CD5678' });
  });

  it('give way to what is saved later: a login has brought a newer token', () => {
    const path = somewhere();
    const { vault } = vaultAt(path, { env });
    vault.write('kite', { accessToken: 'newer' });
    expect(vault.read('kite')).toEqual({ apiKey: 'key', accessToken: 'newer' });
    vault.write('kite', { accessToken: '' });
    expect(vault.read('kite')).toEqual({ apiKey: 'key' });
    expect(vaultAt(path, { env }).vault.read('kite'), 'at the next start it counts again').toEqual({
      apiKey: 'key',
      accessToken: 'token',
    });
  });
});
