using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Modular.Host.Gate;
using Modular.Host.Installed;
using Modular.Host.Judging;
using Modular.Host.Loading;
using Modular.Sdk;
using Modular.Sdk.Core;

namespace Modular.Tests.Modules;

/// <summary>What a module may not declare, each with the sentence of the modules page.</summary>
public sealed class DeclarationTests
{
    private static readonly ModuleManifest Manifest = new("notes", "Notes", "1.0.0", "0.9", "Notes.dll");

    public static TheoryData<string, Action<ModuleBuilder>> Faults => new()
    {
        { "Its permission notes.read must be named notes.noun.verb.", m => m.Permission("notes.read", "Read") },
        { "Its permission patients.note.read must be named notes.noun.verb.", m => m.Permission("patients.note.read", "Read") },
        { "Its permission notes.note.read is granted to the role preset king, which does not exist.", m => m.Permission("notes.note.read", "Read", "king") },
        { "It declares the permission notes.note.read twice.", m => m.Permission("notes.note.read", "Read").Permission("notes.note.read", "Read") },
        { "It declares the live topic notes.day twice.", m => m.Topic("notes.day", "notes.note.read").Topic("notes.day", "notes.note.read") },
        { "Its live topic patients.day must be named notes.something.", m => m.Topic("patients.day", "notes.note.read") },
        { "Its navigation entry Notes leads to /patients; a module's pages stand below /notes.", m => m.Navigation("Notes", "/patients", "file", "notes.note.read") },
        { "Its kind of record patients.note must be named notes.something.", m => m.Record(Note("patients.note")) },
        { "It declares the kind of record notes.note twice.", m => m.Record(Note("notes.note")).Record(Note("notes.note")) },
        { "It declares a kind of record and 0 databases; records are found in the one that the module has.", m => m.Record(Note("notes.note")) },
        { "It declares the log of contacts call twice.", m => m.Contacts<KnownThing>("call", _ => null).Contacts<KnownThing>("call", _ => null) },
        { "It declares the link notes.send twice.", m => m.Link(Link("notes.send")).Link(Link("notes.send")) },
        { "Its link patients.send must be named notes.something.", m => m.Link(Link("patients.send")) },
        { "Its link notes.send leads to /notes/send; a module's public pages stand below /public/notes.",
            m => m.Link(Link("notes.send") with { Path = "/notes/send" }) },
        { "Its link notes.send lasts 0 days; a link lasts 1 to 365.", m => m.Link(Link("notes.send") with { Days = 0 }) },
        { "Its link notes.send allows patients.chart.read, which is not a permission of this module.",
            m => m.Link(Link("notes.send") with { Allows = ["patients.chart.read"] }) },
        { "It declares a projection and 0 databases; a projection is kept in the one that the module has.", m => m.Projection(KnownRoom.Projection()) },
    };

    private static LinkKind Link(string id) => new(id, "Send a note", "/public/notes/send", "notes.note.read");

    [Theory]
    [MemberData(nameof(Faults), DisableDiscoveryEnumeration = true)]
    public void A_declaration_that_breaks_a_rule_is_said_in_a_sentence(string sentence, Action<ModuleBuilder> declare)
    {
        var builder = new ModuleBuilder(Manifest);
        declare(builder);

        Assert.Equal(sentence, DeclarationCheck.Faults(Manifest, builder.Declared)[0]);
    }

    [Fact]
    public void All_faults_are_said_at_once_and_all_permissions_that_nobody_declares()
    {
        var builder = new ModuleBuilder(Manifest);
        builder.Permission("notes.read", "Read").Topic("patients.day", "notes.read").Topic("notes.day", "notes.read").Topic("notes.day", "notes.read");
        Assert.Equal(
            ["Its permission notes.read must be named notes.noun.verb.", "It declares the live topic notes.day twice.", "Its live topic patients.day must be named notes.something."],
            DeclarationCheck.Faults(Manifest, builder.Declared));

        var module = new LoadedModule(Manifest, AppContext.BaseDirectory);
        builder = new(Manifest);
        builder.Navigation("Notes", "/notes", "file", "notes.note.read").Topic("notes.day", "notes.day.read");
        module.Run(typeof(IModule).Assembly, builder);
        DeclarationCheck.TurnOffUnmet(CoreModule.Create(), [module]);
        Assert.Equal("Its navigation entry Notes needs the permission notes.note.read, which no running module declares."
            + " Its live topic notes.day needs the permission notes.day.read, which no running module declares.", module.Reason);
    }

    public static TheoryData<string, Action<ModuleBuilder>> Undeclared => new()
    {
        { "Its navigation entry Notes", m => m.Navigation("Notes", "/notes", "file", "notes.note.read") },
        { "Its panel Panel in patients.chart", m => m.Slot<Panel>("patients.chart", "notes.note.read") },
        { "Its panel Marks in patient.marks", m => m.ListSlot<Marks>("patient.marks", "notes.note.read") },
        { "Its widget Latest", m => m.Widget<Latest>("Latest", "notes.note.read") },
        { "Its kind of record notes.note", m => m.Record(Note("notes.note")) },
        { "Its live topic notes.day", m => m.Topic("notes.day", "notes.note.read") },
    };

    [Theory]
    [MemberData(nameof(Undeclared), DisableDiscoveryEnumeration = true)]
    public void A_permission_that_nobody_declares_turns_off_the_module_that_names_it(string what, Action<ModuleBuilder> declare)
    {
        var module = new LoadedModule(Manifest, AppContext.BaseDirectory);
        var builder = new ModuleBuilder(Manifest);
        declare(builder);
        // An assembly without pages: only the declarations speak.
        module.Run(typeof(IModule).Assembly, builder);

        DeclarationCheck.TurnOffUnmet(CoreModule.Create(), [module]);

        Assert.Equal((ModuleStatus.Refused, $"{what} needs the permission notes.note.read, which no running module declares."), (module.Status, module.Reason));
    }

    private sealed class KnownThing : IVersioned
    {
        public Guid Id { get; init; }
        public int Version { get; set; }
    }

    private static RecordKind<KnownThing> Note(string id) => new(id, "note", "notes.note.read", "notes.note.read") { Name = _ => "Note", Link = _ => "/notes" };

    [Fact]
    public void An_endpoint_of_the_host_without_a_rule_stops_the_start()
    {
        var modules = new InstalledModules { All = [], Core = CoreModule.Create() };
        var page = new RouteEndpoint(_ => Task.CompletedTask, RoutePatternFactory.Parse("/admin/open"), 0, new(new ModuleMetadata("core")), "open");
        var unknown = new RouteEndpoint(_ => Task.CompletedTask, RoutePatternFactory.Parse("/admin/unknown"), 0,
            new(new ModuleMetadata("core"), new NeedsAttribute("core.unknown.read")), "unknown");

        var open = new RouteEndpoint(_ => Task.CompletedTask, RoutePatternFactory.Parse("/public/open"), 0,
            new(new ModuleMetadata("core"), new OpenToAttribute(Audience.Anyone, "x")), "public");
        Assert.Equal("The endpoint public stands at the public door and is no public page, or the other way round.",
            Assert.Throws<InvalidOperationException>(() => ModuleGate.Check([open], modules)).Message);
        Assert.Equal("The endpoint open declares no permission.", Assert.Throws<InvalidOperationException>(() => ModuleGate.Check([page], modules)).Message);
        Assert.Equal("The endpoint unknown needs core.unknown.read, which nobody declares.", Assert.Throws<InvalidOperationException>(() => ModuleGate.Check([unknown], modules)).Message);
    }

    private sealed class Panel : ISlotPanel
    {
        public Task<PanelView?> LoadAsync(SlotContext context, CancellationToken ct) => Task.FromResult<PanelView?>(null);
    }

    private sealed class Marks : IListSlot
    {
        public Task<IReadOnlyDictionary<Guid, IReadOnlyList<Mark>>> LoadAsync(string slot, IReadOnlyCollection<Guid> ids, CancellationToken ct) =>
            Task.FromResult<IReadOnlyDictionary<Guid, IReadOnlyList<Mark>>>(new Dictionary<Guid, IReadOnlyList<Mark>>());
    }

    private sealed class Latest : IWidget
    {
        public Task<WidgetView?> LoadAsync(CancellationToken ct) => Task.FromResult<WidgetView?>(null);
    }
}
