import plugins from '../index';

describe('the extension', () => {
  it('gives every plugin an id of its own and a description', () => {
    const ids = plugins.map(plugin => plugin.id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const plugin of plugins) {
      expect(plugin.id).toMatch(/^pccompute-ext:[a-z-]+$/);
      expect(plugin.description).toBeTruthy();
    }
  });
});
