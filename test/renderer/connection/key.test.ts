import { expect, it } from 'vitest';
import { pageKey } from '../../../src/renderer/connection/key';

/** A page at an address, with what its origin keeps. */
function page(pathname: string, hash: string, kept = new Map<string, string>()) {
  const at = { pathname, hash };
  const past = {
    replaceState: (_state: unknown, _title: string, path: string) => Object.assign(at, { hash: '', pathname: path }),
  };
  const store = {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => kept.set(name, value),
  };
  return { at, kept, key: () => pageKey(at as Location, past as unknown as History, store as unknown as Storage) };
}

it('a key is taken out of the address that led here, and kept', () => {
  const first = page('/', '#key=abc-DEF_1');
  expect(first.key()).toBe('abc-DEF_1');
  expect(first.at).toEqual({ pathname: '/', hash: '' });
  expect(page('/', '', first.kept).key()).toBe('abc-DEF_1');
});

it('the page that may only look has another one, though it is of the same origin', () => {
  const { kept, key } = page('/', '#key=full');
  key();
  expect(page('/view/', '#key=look', kept).key()).toBe('look');
  expect(page('/view/', '', kept).key()).toBe('look');
  expect(page('/', '', kept).key()).toBe('full');
});

it('there is none where no address led here, and another mark is none', () => {
  expect(page('/', '').key()).toBe('');
  expect(page('/', '#overview').key()).toBe('');
});
