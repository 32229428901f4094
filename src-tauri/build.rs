//! Builds the window's context: the page, the capability and the permissions become part of the binary.

fn main() -> std::io::Result<()> {
    // An empty folder is enough to compile: the library tests then need no Node.
    std::fs::create_dir_all("ui/dist")?;
    println!("cargo:rerun-if-changed=ui/dist");
    println!("cargo:rerun-if-changed=src-tauri/permissions");
    // Without a manifest of the app's own commands every window may call all of them.
    let manifest =
        tauri_build::AppManifest::new().permissions_path_pattern("./src-tauri/permissions/**/*");
    tauri_build::try_build(tauri_build::Attributes::new().app_manifest(manifest))
        .map_err(std::io::Error::other)
}
