// What is opened is closed again, whatever happens in between.

export async function closing<T extends { close(): Promise<void> }, R>(
  opening: Promise<T> | T,
  work: (opened: T) => Promise<R>,
): Promise<R> {
  const opened = await opening;
  try {
    return await work(opened);
  } finally {
    await opened.close();
  }
}
