//! A disk for tests that fills up, and on which merges can be held.

use std::io::{self, Write};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};

use tantivy::directory::error::{DeleteError, LockError, OpenDirectoryError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    AntiCallToken, Directory, DirectoryLock, FileHandle, Lock, MmapDirectory, TerminatingWrite,
    WatchCallback, WatchHandle, WritePtr,
};

use super::folder::Disk;

/// Clones are the same disk.
#[derive(Clone, Debug, Default)]
pub struct FillingDisk(Arc<State>);

#[derive(Debug, Default)]
struct State {
    full: AtomicBool,
    merges_held: Mutex<bool>,
    released: Condvar,
}

impl FillingDisk {
    /// Whether anything more can be written.
    pub fn set_full(&self, full: bool) {
        self.0.full.store(full, Ordering::SeqCst);
    }

    /// Holds every merge where it wants to open its next file, or lets them all go on.
    pub fn hold_merges(&self, hold: bool) {
        *self.0.merges_held.lock().unwrap_or_else(PoisonError::into_inner) = hold;
        self.0.released.notify_all();
    }

    fn room(&self) -> io::Result<()> {
        if self.0.full.load(Ordering::SeqCst) {
            return Err(io::ErrorKind::StorageFull.into());
        }
        Ok(())
    }

    fn wait_if_merging(&self) {
        if !std::thread::current().name().is_some_and(|name| name.starts_with("merge")) {
            return;
        }
        let held = self.0.merges_held.lock().unwrap_or_else(PoisonError::into_inner);
        drop(self.0.released.wait_while(held, |held| *held));
    }
}

impl Disk for FillingDisk {
    fn directory(&self, path: &Path) -> Result<Box<dyn Directory>, OpenDirectoryError> {
        Ok(Box::new(Folder { disk: self.clone(), real: MmapDirectory::open(path)? }))
    }
}

#[derive(Clone, Debug)]
struct Folder {
    disk: FillingDisk,
    real: MmapDirectory,
}

impl Directory for Folder {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        self.real.get_file_handle(path)
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        self.real.delete(path)
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.real.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        self.disk.wait_if_merging();
        let file = self.real.open_write(path)?;
        Ok(WritePtr::new(Box::new(File { disk: self.disk.clone(), real: file })))
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        self.real.atomic_read(path)
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        self.disk.room()?;
        self.real.atomic_write(path, data)
    }

    fn sync_directory(&self) -> io::Result<()> {
        self.real.sync_directory()
    }

    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        self.real.acquire_lock(lock)
    }

    fn watch(&self, callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.real.watch(callback)
    }
}

struct File {
    disk: FillingDisk,
    real: WritePtr,
}

impl Write for File {
    fn write(&mut self, data: &[u8]) -> io::Result<usize> {
        self.disk.room()?;
        self.real.write(data)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.real.flush()
    }
}

impl TerminatingWrite for File {
    fn terminate_ref(&mut self, token: AntiCallToken) -> io::Result<()> {
        self.real.terminate_ref(token)
    }
}
