it("asks for a page that is not there", async () => {
  expect((await fetch("http://127.0.0.1:8087/missing")).status).toBe(200);
});
