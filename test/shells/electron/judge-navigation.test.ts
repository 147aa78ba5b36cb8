import { describe, expect, it } from 'vitest';
import { judgeNavigation } from '../../../src/main/shells/electron/judge-navigation.ts';

const route = { start: 'https://kite.zerodha.com/connect/login?v=3', redirect: 'http://127.0.0.1:4210/login/kite' };

describe('a step of a login page', () => {
  it.each([
    'https://kite.zerodha.com/connect/authorize',
    'https://accounts.example/anywhere',
    'https://kite.zerodha.com/connect/login?redirect=http://127.0.0.1:4210/login/kite',
  ])('may go on to %s', (url) => {
    expect(judgeNavigation(url, route)).toBe('allowed');
  });

  it('has answered when it goes to the registered address', () => {
    for (const url of [
      'http://127.0.0.1:4210/login/kite?request_token=abc&state=s',
      'http://127.0.0.1:4210/login/kite/?request_token=abc&state=s#x',
    ])
      expect(Object.fromEntries(new URLSearchParams(judgeNavigation(url, route)))).toEqual({
        request_token: 'abc',
        state: 's',
      });
    const bare = { ...route, redirect: 'https://app.example' };
    expect(String(judgeNavigation('https://app.example/?code=1', bare))).toBe('code=1');
  });

  it.each([
    'http://kite.zerodha.com/',
    'http://127.0.0.1:4210/',
    'http://127.0.0.1:4210/login/kite/more?request_token=abc',
    'http://127.0.0.1:4211/login/kite?request_token=abc',
    'http://127.0.0.1:4210@evil.example/login/kite',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'data:text/html,hello',
    'app://tickscope/',
    'kite://open',
    '',
    'nonsense',
  ])('may not go to %s', (url) => {
    expect(judgeNavigation(url, route)).toBe('forbidden');
  });

  it('does not take a longer name for the registered one', () => {
    const named = { ...route, redirect: 'https://app.example/back' };
    expect(judgeNavigation('https://app.example.evil/back?code=1', named)).toBe('allowed');
    expect(judgeNavigation('https://app.example/back2?code=1', named)).toBe('allowed');
  });

  it('may stay on a server of ours that speaks plain http', () => {
    const local = { ...route, start: 'http://127.0.0.1:5000/connect/login' };
    expect(judgeNavigation('http://127.0.0.1:5000/next', local)).toBe('allowed');
    expect(judgeNavigation('http://127.0.0.1:5001/next', local)).toBe('forbidden');
  });
});
