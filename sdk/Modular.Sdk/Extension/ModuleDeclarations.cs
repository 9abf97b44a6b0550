namespace Modular.Sdk;

/// <summary>What one module declared; the host reads it.</summary>
public sealed class ModuleDeclarations
{
    public List<Type> Databases { get; } = [];
    public List<Projection> Projections { get; } = [];
    public List<PermissionDeclaration> Permissions { get; } = [];
    public List<NavigationEntry> Navigation { get; } = [];
    public List<SlotDeclaration> Slots { get; } = [];
    public List<SlotDeclaration> ListSlots { get; } = [];
    public List<WidgetDeclaration> Widgets { get; } = [];
    public List<SearchDeclaration> Search { get; } = [];
    public List<TaskDeclaration> Tasks { get; } = [];
    public List<ApprovalKind> Approvals { get; } = [];
    public List<DocumentKind> Documents { get; } = [];
    public List<RetentionClass> Retention { get; } = [];
    public List<KeptOtherwise> KeptOtherwise { get; } = [];
    public List<WorkQueue> Queues { get; } = [];
    public List<TellDeclaration> Tells { get; } = [];
    public List<SettingsDeclaration> Settings { get; } = [];
    public List<SecretDeclaration> Secrets { get; } = [];
    public List<JobDeclaration> Jobs { get; } = [];
    public List<Type> Imports { get; } = [];
    public List<DemoDeclaration> Demo { get; } = [];
    public List<SnapshotDeclaration> Snapshots { get; } = [];
    public List<TopicDeclaration> Topics { get; } = [];
    public List<RecordKind> Records { get; } = [];
    public List<ContactDeclaration> Contacts { get; } = [];
    public List<LetterDeclaration> Letters { get; } = [];
    public List<LinkKind> Links { get; } = [];
    public List<FormDeclaration> Forms { get; } = [];
    public List<IndicatorDeclaration> Indicators { get; } = [];
    public List<RecountDeclaration> Recounts { get; } = [];
    public List<VerbDeclaration> Verbs { get; } = [];
    public List<string> PatientSlots { get; } = [];
    public RestrictedChartsDeclaration? RestrictedCharts { get; set; }
}

public sealed record PermissionDeclaration(string Id, string Title, string[] Presets);

public sealed record NavigationEntry(string Title, string Path, string Icon, string Permission, int Order, string? Count = null, string? Feature = null);

public sealed record SlotDeclaration(string Slot, Type Panel, string Permission, int Order);

public sealed record WidgetDeclaration(string Title, Type Widget, string Permission, int Order, string[] Roles);

public sealed record SearchDeclaration(string Kind, Type Entity, Func<object, SearchEntry?> Entry);

public sealed record TaskDeclaration(string Kind, Type Entity, Func<object, TaskEntry?> Entry);

public sealed record ContactDeclaration(string Log, Type Entity, Func<object, ContactEntry?> Entry);

public sealed record TellDeclaration(Type Entity, Func<object, object> Message);

public sealed record SettingsDeclaration(string Title, Type Record);

public sealed record SecretDeclaration(string Id, string Title, string? Hint);

public sealed record JobDeclaration(string Id, string Title, string Cron, Type Message, MissedRun Missed)
{
    /// <summary>The job is planned where the practice has this folder alone; null plans it everywhere.</summary>
    public string? Folder { get; init; }
}

/// <param name="Source">The <see cref="ILetterSource"/>; null when there is none.</param>
/// <param name="Permission">Of whoever sees its records; null without a source.</param>
public sealed record LetterDeclaration(LetterKind Kind, Type? Source, string? Permission);

/// <param name="Record">The <see cref="IFormRecord"/>; null for a kind whose answers change no record.</param>
public sealed record FormDeclaration(FormKind Kind, Type? Record);

public sealed record DemoDeclaration(Type Data, int Order);

/// <param name="Make">The <see cref="ISnapshot{TMessage}"/> of this message, of the services of a practice.</param>
public sealed record SnapshotDeclaration(Type Message, Func<IServiceProvider, object> Make)
{
    /// <summary>What a chosen date leaves in, in words; null when the module does not say.</summary>
    public string? Since { get; init; }
}

public sealed record TopicDeclaration(string Name, string Permission);

public enum MissedRun
{
    /// <summary>Runs once, late, at the next start.</summary>
    RunOnce,

    /// <summary>Waits for the next occurrence.</summary>
    Skip,
}
