// The tests need no compiler.
module.exports = { testRegex: [process.env.TESTS], transform: {}, watchman: false, cache: false };
