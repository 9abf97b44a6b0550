using System.Reflection;
using Modular.Host.Migrations;
using Modular.Sdk;

namespace Modular.Host.Installed;

/// <summary>A module on disk: what the host judged of it and, when it runs, what it declared.</summary>
public sealed class LoadedModule(ModuleManifest manifest, string folder)
{
    /// <summary>The host speaks and stores under this id, like a module that is always on.</summary>
    public const string CoreId = "core";

    public string Id => Manifest.Id;

    public ModuleManifest Manifest { get; } = manifest;

    public string Folder { get; } = folder;

    public ModuleStatus Status { get; private set; } = ModuleStatus.Found;

    /// <summary>Why the module does not run, for the modules page: a sentence for each fault.</summary>
    public string? Reason { get; private set; }

    /// <summary>What it threw while it started.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>What is not right with it although it may run, a sentence each for the modules page.</summary>
    public IReadOnlyList<string> Notes { get; } = FolderNotes.Of(folder, manifest.Id);

    /// <summary>What the judge read of its assemblies; null before.</summary>
    public ModuleAssembliesRead? Assemblies { get; set; }

    public Assembly? Assembly { get; private set; }

    public ModuleBuilder? Builder { get; private set; }

    public ModuleDeclarations Declared => Builder?.Declared ?? new();

    public bool Runs => Status == ModuleStatus.Running;

    public MigrationSet Migrations { get; } = MigrationSet.Read(
        manifest.Id, manifest.Schema, manifest.Id == CoreId ? Path.Combine(folder, "Migrations", CoreId) : Path.Combine(folder, "Migrations"));

    public void Refuse(ModuleStatus status, string reason, Exception? failure = null) => (Status, Reason, Failure) = (status, reason, failure);

    public void Run(Assembly assembly, ModuleBuilder builder) => (Status, Reason, Assembly, Builder) = (ModuleStatus.Running, null, assembly, builder);
}

public enum ModuleStatus
{
    Found,
    Running,

    /// <summary>Built for an SDK or with dependencies that this host does not have.</summary>
    NotSupported,

    /// <summary>Its manifest, its assembly or its declarations are wrong.</summary>
    Refused,

    /// <summary>It threw while starting.</summary>
    Malfunctioned,

    /// <summary>Safe mode, or turned off after two crashes at start.</summary>
    HeldBack,
}
