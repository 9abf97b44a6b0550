using System.Linq.Expressions;
using Microsoft.Extensions.DependencyInjection;

namespace Modular.Sdk;

/// <summary>
/// Collects what a module declares. Partners call it and never implement it, so it can grow within a major version.
/// </summary>
public sealed partial class ModuleBuilder(ModuleManifest manifest)
{
    public ModuleManifest Manifest { get; } = manifest;

    /// <summary>The module's own services. Checked before they are merged: replacing a host service or adding a hosted service is refused.</summary>
    public IServiceCollection Services { get; } = new ServiceCollection();

    public ModuleDeclarations Declared { get; } = new();

    /// <summary>The module's DbContext on its own schema. Tables come from <c>Migrations/*.sql</c> in the module's folder.</summary>
    public ModuleBuilder Database<TDb>() where TDb : ModuleDb
    {
        Declared.Databases.Add(typeof(TDb));
        return this;
    }

    /// <summary>Rows of the module that are kept as the messages of another one say. The module has one database.</summary>
    public ModuleBuilder Projection(Projection projection)
    {
        Declared.Projections.Add(projection);
        return this;
    }

    /// <summary>A right a person can have.</summary>
    /// <param name="id"><c>module.noun.verb</c>; never renamed.</param>
    /// <param name="title">What the permission matrix says.</param>
    /// <param name="presets">Role presets that have it; the owner always has.</param>
    public ModuleBuilder Permission(string id, string title, params string[] presets)
    {
        Declared.Permissions.Add(new(id, title, presets));
        return this;
    }

    /// <summary>An entry of the left rail, shown to those who have the permission.</summary>
    /// <param name="icon">A symbol of the theme's <c>icons.svg</c>.</param>
    /// <param name="order">Below 500 daily work, up to 899 the back office, from 900 administration.</param>
    /// <param name="count">
    /// SQL that counts the work waiting there; it rides in the frame's one round trip, so it must use an index.
    /// <c>$1</c> is true for a person of all locations, <c>$2</c> the locations otherwise, <c>$3</c> the location chosen in the top bar or null.
    /// </param>
    /// <param name="feature">Shown only while the practice has this feature, see <see cref="FeatureAttribute"/>.</param>
    public ModuleBuilder Navigation(string title, string path, string icon, string permission, int order = 100, string? count = null, string? feature = null)
    {
        Declared.Navigation.Add(new(title, path, icon, permission, order, count, feature));
        return this;
    }

    /// <summary>Puts a panel into a place that another module's page offers, such as <c>patients.chart</c>.</summary>
    public ModuleBuilder Slot<TPanel>(string slot, string permission, int order = 100) where TPanel : class, ISlotPanel
    {
        Declared.Slots.Add(new(slot, typeof(TPanel), permission, order));
        return this;
    }

    /// <summary>Says that what this module puts panels around at a place of its own pages is a patient: the host opens the patient before a panel is shown there.</summary>
    public ModuleBuilder PatientSlot(string slot)
    {
        Declared.PatientSlots.Add(slot);
        return this;
    }

    /// <summary>Which charts are restricted, and to whom they are open. One module declares it: the one that owns the patients.</summary>
    /// <param name="sql">
    /// Gives a row for each restricted patient and each person to whom the chart is open now: patient, person, reason, until; the last three
    /// are null for a chart that nobody opened. <c>$1</c> is the present moment. Asked every few seconds, so it must use an index.
    /// </param>
    /// <param name="permission">Who may open a restricted chart by saying why, and finds it by name in order to do so.</param>
    /// <param name="unlock">The page that asks why; <c>{id}</c> stands for the patient.</param>
    /// <param name="rows">Entities whose saves change the answer.</param>
    public ModuleBuilder RestrictedCharts(string sql, string permission, string unlock, params Type[] rows)
    {
        Declared.RestrictedCharts = new(sql, permission, unlock, rows);
        return this;
    }

    /// <summary>Answers for many rows of another module's list at once, such as <c>patient.marks</c>.</summary>
    public ModuleBuilder ListSlot<TMarks>(string slot, string permission) where TMarks : class, IListSlot
    {
        Declared.ListSlots.Add(new(slot, typeof(TMarks), permission, 0));
        return this;
    }

    /// <summary>A tile or list on the home page.</summary>
    public ModuleBuilder Widget<TWidget>(string title, string permission, int order = 100, params string[] roles) where TWidget : class, IWidget
    {
        Declared.Widgets.Add(new(title, typeof(TWidget), permission, order, roles));
        return this;
    }

    /// <summary>Makes saved entities findable in the one search box; the row is written with the entity. Null takes it out.</summary>
    public ModuleBuilder Search<TEntity>(string kind, Func<TEntity, SearchEntry?> entry) where TEntity : class, IVersioned
    {
        Declared.Search.Add(new(kind, typeof(TEntity), row => entry((TEntity)row)));
        return this;
    }

    /// <summary>Puts work that a saved entity asks for into the one task inbox; null when there is none (any more).</summary>
    public ModuleBuilder Tasks<TEntity>(string kind, Func<TEntity, TaskEntry?> entry) where TEntity : class, IVersioned
    {
        Declared.Tasks.Add(new(kind, typeof(TEntity), row => entry((TEntity)row)));
        return this;
    }

    /// <summary>
    /// A work queue over rows of the module. Its tasks are declared with it; a list names it by <see cref="ListDefinition{T}.Queue"/>.
    /// </summary>
    /// <exception cref="ArgumentException">Its name does not begin with the module's id.</exception>
    public ModuleBuilder Queue<TEntity>(WorkQueue<TEntity> queue) where TEntity : class, IVersioned, IOwned
    {
        if (queue.Name != $"{Manifest.Id}.{queue.Kind}")
        {
            throw new ArgumentException($"Call the queue {Manifest.Id}.{queue.Kind}: a queue is named after its module.", nameof(queue));
        }

        Declared.Queues.Add(queue);
        Declared.Tasks.Add(new(queue.Kind, typeof(TEntity), queue.Task));
        return this;
    }

    /// <summary>
    /// Something that another person decides; asked for with <see cref="IApprovals"/>, answered with <see cref="Core.ApprovalDecided"/>.
    /// </summary>
    /// <exception cref="ArgumentException">Its id does not begin with the module's id.</exception>
    public ModuleBuilder Approval(ApprovalKind kind)
    {
        if (!kind.Id.StartsWith(Manifest.Id + ".", StringComparison.Ordinal))
        {
            throw new ArgumentException($"Call the request {Manifest.Id}.something: it is named after its module.", nameof(kind));
        }

        Declared.Approvals.Add(kind);
        return this;
    }

    /// <summary>
    /// Tells others of a row with every save of it, in the transaction of the save: a page, a program or an import cannot forget it. For what many
    /// places write; a slice that says more than the state of a row publishes by itself. Rows written past the context (COPY, SQL) are not told.
    /// </summary>
    /// <param name="message">The whole state of the row as it was saved, version included.</param>
    /// <example><code>
    /// module.Tells&lt;Payer&gt;(payer =&gt; payer.Changed())
    /// </code></example>
    public ModuleBuilder Tells<TEntity>(Func<TEntity, object> message) where TEntity : class, IVersioned
    {
        Declared.Tells.Add(new(typeof(TEntity), row => message((TEntity)row)));
        return this;
    }

    /// <summary>The module's settings: one record with defaults, edited on the settings page, read through <see cref="ISettings{T}"/>.</summary>
    public ModuleBuilder Settings<TSettings>(string title) where TSettings : class, new()
    {
        Declared.Settings.Add(new(title, typeof(TSettings)));
        return this;
    }

    /// <summary>A password or key for a service outside: typed on the settings page, never shown again, read through <see cref="ISecrets"/>.</summary>
    /// <param name="id"><c>module.name</c>; never renamed.</param>
    /// <param name="title">What the settings page calls it.</param>
    public ModuleBuilder Secret(string id, string title, string? hint = null)
    {
        Declared.Secrets.Add(new(id, title, hint));
        return this;
    }

    /// <summary>Publishes a message on a schedule, once per occurrence whatever the number of hosts.</summary>
    /// <param name="cron">Quartz cron expression with seconds, in the practice's zone: <c>0 0 2 * * ?</c> is two at night.</param>
    /// <param name="missed">What happens to an occurrence while no host ran.</param>
    public ModuleBuilder Job<TMessage>(string id, string title, string cron, MissedRun missed = MissedRun.RunOnce) where TMessage : class, new()
    {
        Declared.Jobs.Add(new(id, title, cron, typeof(TMessage), missed));
        return this;
    }

    /// <summary>A job that looks into a folder: planned in practices that have it, within seconds of its being made. Elsewhere it costs nothing.</summary>
    /// <param name="folder">Its name, as <see cref="IFolders.PathOf"/> takes it: <c>scans</c>.</param>
    /// <param name="cron">Quartz cron expression with seconds, in the practice's zone. Every so many seconds (<c>0/30 * * * * ?</c>) comes at another moment in each practice.</param>
    /// <param name="missed">What happens to an occurrence while no host ran.</param>
    public ModuleBuilder FolderJob<TMessage>(string folder, string id, string title, string cron, MissedRun missed = MissedRun.RunOnce) where TMessage : class, new()
    {
        Declared.Jobs.Add(new(id, title, cron, typeof(TMessage), missed) { Folder = folder });
        return this;
    }

    /// <summary>A kind of file the import pages accept.</summary>
    public ModuleBuilder Import<TKind>() where TKind : ImportKind
    {
        Declared.Imports.Add(typeof(TKind));
        return this;
    }

    /// <summary>
    /// A letter whose words a practice may change; its standard texts are <c>Letters/*.liquid</c> in the module's folder. Without a source it is
    /// previewed with its examples and written one by one, by the module's own slice.
    /// </summary>
    public ModuleBuilder Letter(LetterKind kind)
    {
        Declared.Letters.Add(new(kind, null, null));
        return this;
    }

    /// <summary>The same, with what finds its values: it can be previewed with real records and written for many at once.</summary>
    /// <param name="permission">Whoever sees records of this kind has it.</param>
    public ModuleBuilder Letter<TSource>(LetterKind kind, string permission) where TSource : class, ILetterSource
    {
        Services.AddScoped<TSource>();
        Declared.Letters.Add(new(kind, typeof(TSource), permission));
        return this;
    }

    /// <summary>
    /// A verb of the host's command line: <c>edi validate FILE</c>. It runs wherever the module is installed, without a practice and without a
    /// database, so it serves for files alone.
    /// </summary>
    /// <param name="name">Words of lower-case letters: <c>edi validate</c>. The first is not one of the host's own verbs.</param>
    /// <param name="usage">What is typed after it, as help shows it: <c>FILE</c>.</param>
    /// <param name="description">A sentence for help.</param>
    /// <param name="run">Gives the exit code: 0 done, 1 failed, 2 not understood.</param>
    public ModuleBuilder Verb(string name, string usage, string description, Func<VerbCall, CancellationToken, Task<int>> run)
    {
        Declared.Verbs.Add(new(name, usage, description, run));
        return this;
    }

    /// <summary>A kind of single-use link for people without an account, and the page that it opens.</summary>
    public ModuleBuilder Link(LinkKind kind)
    {
        Declared.Links.Add(kind);
        return this;
    }

    /// <summary>Fills a demo practice, and keeps it at today.</summary>
    /// <param name="order">Lower runs first; each runs after the messages of those before it were handled.</param>
    public ModuleBuilder Demo<TDemo>(int order = 100) where TDemo : class, IDemoData
    {
        Declared.Demo.Add(new(typeof(TDemo), order));
        return this;
    }

    /// <summary>Lets modules that are enabled later page through what exists, as the message they subscribe to.</summary>
    public ModuleBuilder Snapshot<TMessage, TSnapshot>() where TSnapshot : class, ISnapshot<TMessage> where TMessage : class
    {
        Declared.Snapshots.Add(new(typeof(TMessage), Make<TSnapshot>));
        return this;
    }

    /// <summary>The same, saying what a date chosen by the practice leaves in.</summary>
    /// <param name="since">For the page beside the date, such as "Visits on that day or later"; the snapshot gives just these.</param>
    public ModuleBuilder Snapshot<TMessage, TSnapshot>(string since) where TSnapshot : class, ISnapshot<TMessage> where TMessage : class
    {
        Declared.Snapshots.Add(new(typeof(TMessage), Make<TSnapshot>) { Since = since });
        return this;
    }

    /// <summary>The same for the rows of one table, each told as it stands.</summary>
    /// <param name="message">The whole state of the row, version included.</param>
    /// <param name="since">For the page beside the date: what a date chosen by the practice leaves in.</param>
    /// <param name="from">The rows that such a day leaves in; all of them when left out.</param>
    /// <example><code>
    /// module.Snapshot&lt;Referral, ReferralChanged&gt;(r =&gt; r.State(), "Referrals sent on that day or later", day =&gt; r =&gt; r.SentOn &gt;= day)
    /// </code></example>
    public ModuleBuilder Snapshot<TEntity, TMessage>(Func<TEntity, TMessage> message, string since, Func<DateOnly, Expression<Func<TEntity, bool>>>? from = null)
        where TEntity : class, IVersioned where TMessage : class
    {
        Declared.Snapshots.Add(new(typeof(TMessage), services => new RowSnapshot<TEntity, TMessage>(
            Declared.Databases.Select(db => (ModuleDb)services.GetRequiredService(db)).First(db => db.Model.FindEntityType(typeof(TEntity)) is not null), message, from))
        {
            Since = since,
        });
        return this;
    }

    private static object Make<TSnapshot>(IServiceProvider services) where TSnapshot : class => ActivatorUtilities.CreateInstance<TSnapshot>(services);

    /// <summary>A live topic that pages may follow; subscribers need the permission.</summary>
    public ModuleBuilder Topic(string name, string permission)
    {
        Declared.Topics.Add(new(name, permission));
        return this;
    }
}
