using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Modular.Host.Installed;
using Modular.Host.Keys;
using Modular.Host.Practices;
using Modular.Host.Rights;
using Modular.Sdk;

namespace Modular.Host.Programs;

/// <summary>What a program is called, what it may do and where; a new one gets its secret, shown once.</summary>
public sealed class EditProgram(ProgramsDb db, ProgramAdmin admin, Authority authority, InstalledModules modules, ScopeContext scope) : Slice
{
    public sealed class Form : IEditForm<ConnectedProgram>
    {
        public int Version { get; set; }

        [Required(ErrorMessage = "Name the program."), StringLength(60)]
        public string? Name { get; set; }

        [StringLength(200)]
        public string? Contact { get; set; }
        /// <summary>Of a new program; one that is there keeps its own.</summary>
        public string Kind { get; set; } = ProgramKinds.Server;

        /// <summary>One a line.</summary>
        public string? RedirectUris { get; set; }
        public List<string> Scopes { get; set; } = [];
        public bool AllLocations { get; set; } = true;
        public List<Guid> Locations { get; set; } = [];

        [Range(1, 6000)]
        public int RequestsPerMinute { get; set; } = 300;

        public void Show(ConnectedProgram p)
        {
            (Name, Contact, Kind, RedirectUris) = (p.Name, p.Contact, p.Kind, string.Join('\n', p.RedirectUris));
            (Scopes, AllLocations, Locations, RequestsPerMinute) = ([.. p.Scopes], p.AllLocations, [.. p.Locations], p.RequestsPerMinute);
        }

        public void Write(ConnectedProgram program, Reading read)
        {
            if (RedirectAddress.Fault(program.Kind, RedirectAddress.Lines(RedirectUris)) is { } fault)
            {
                read.Refuse(nameof(RedirectUris), fault);
            }

            if (Scopes.Count == 0)
            {
                read.Refuse("", "Choose at least one thing that the program may do.");
            }
        }

        public ProgramAccess Access => new(Name!, Contact, Scopes, AllLocations ? null : Locations, RequestsPerMinute, Kind, RedirectAddress.Lines(RedirectUris));
    }

    /// <param name="May">The present person has it, and may give it.</param>
    public sealed record Line(string Id, string Title, bool Given, bool May);

    public static IEnumerable<Microsoft.AspNetCore.Mvc.Rendering.SelectListItem> Kinds { get; } =
    [
        new($"{ProgramKinds.Title(ProgramKinds.Server)}: keeps a secret; works by itself, such as reminders at night", ProgramKinds.Server),
        new($"{ProgramKinds.Title(ProgramKinds.Browser)}: works for the person who signs in, with no more than they may do", ProgramKinds.Browser),
        new($"{ProgramKinds.Title(ProgramKinds.Native)} on a desk or phone: works for the person who signs in, too", ProgramKinds.Native),
    ];

    public sealed record Group(string Module, IReadOnlyList<Line> Lines);

    /// <param name="Fault">Why the present person may not change it; nothing is offered then.</param>
    /// <param name="Absent">What the program has of modules that are off or removed: shown, so that saving does not take it away.</param>
    public sealed record Model(ConnectedProgram? Program, Form Form, IReadOnlyList<Group> Groups, IReadOnlyList<Line> Absent, IReadOnlyList<Location> Places, bool MayAllLocations, string? Fault);

    [HttpGet("/admin/programs/edit/{id:guid?}")]
    [Needs("core.programs.manage"), StepUp]
    public Task<IActionResult> Get(Guid? id, CancellationToken ct) => Row(ProgramKinds.Server).ShowAsync(id, ct);

    [HttpPost("/admin/programs/edit/{id:guid?}")]
    [Needs("core.programs.manage"), StepUp]
    public Task<IActionResult> Post(Guid? id, [Bind(Prefix = "Form")] Form form, CancellationToken ct) => Row(form.Kind).SaveAsync(id, form, ct);

    private Edit<ConnectedProgram, Form> Row(string kind)
    {
        SecretModel? secret = null;
        return new(this, db)
        {
            What = "program",
            New = () => admin.New(kind),
            Blank = () => new() { AllLocations = Actor.Locations is null },
            Model = (program, form, _) => Task.FromResult<object>(ModelOf(program, form)),
            Check = (_, form, read, _) =>
            {
                CheckPlaces(form, read);
                return Task.CompletedTask;
            },
            Save = (program, form, read, ct) => read.TryAsync(async () =>
            {
                if (program.Version > 0)
                {
                    await admin.ChangeAsync(program, form.Access, ct);
                    return;
                }

                secret = new(program, await admin.AddAsync(program, form.Access, ct), AccessTokens.Issuer(scope.Practice, Request), New: true);
            }),
            Saved = program => secret is not null ? View("Secret", secret)
                : Done("/admin/programs", $"{program.Name} saved. It counts from its next request."),
        };
    }

    [HttpPost("/admin/programs/edit/{id:guid}/secret")]
    [Needs("core.programs.manage"), StepUp]
    public Task<IActionResult> Secret(Guid id, bool now, CancellationToken ct) => ThenAsync(id, async program =>
        View("Secret", new SecretModel(program, await admin.RotateAsync(program, now, ct), AccessTokens.Issuer(scope.Practice, Request), New: false, EndsNow: now)), ct);

    [HttpPost("/admin/programs/edit/{id:guid}/revoke")]
    [Needs("core.programs.manage"), StepUp]
    public Task<IActionResult> Revoke(Guid id, CancellationToken ct) => ThenAsync(id, async program =>
    {
        await admin.RevokeAsync(program, ct);
        return Done("/admin/programs", $"{program.Name} is cut off");
    }, ct);

    private async Task<IActionResult> ThenAsync(Guid id, Func<ConnectedProgram, Task<IActionResult>> step, CancellationToken ct)
    {
        if (await admin.FindAsync(id, ct) is not { } program)
        {
            return NotFound();
        }

        try
        {
            return await step(program);
        }
        catch (PeopleException e)
        {
            return Done($"/admin/programs/edit/{id}", e.Message);
        }
    }

    private void CheckPlaces(Form form, Reading read)
    {
        if (!form.AllLocations && (form.Locations.Count == 0 || form.Locations.Any(l => scope.Practice.Locations.All(x => x.Id != l))))
        {
            read.Refuse("", "Choose at least one location, or all.");
        }
    }

    private Model ModelOf(ConnectedProgram? program, Form form)
    {
        IReadOnlyList<Group> groups =
        [
            .. modules.WithCore.Where(m => scope.Practice.IsOn(m.Id) && m.Declared.Permissions.Count > 0).Select(m => new Group(m.Manifest.Name,
                [.. m.Declared.Permissions.Select(p => new Line(p.Id, p.Title, form.Scopes.Contains(p.Id), Actor.Can(p.Id)))])),
        ];
        var here = groups.SelectMany(g => g.Lines).Select(l => l.Id).ToHashSet();
        return new(program, form, groups, [.. (program?.Scopes ?? []).Where(s => !here.Contains(s)).Select(s => new Line(s, s, form.Scopes.Contains(s), false))],
            [.. scope.Practice.Locations.Where(l => l.Active && (Actor.Locations is not { } mine || mine.Contains(l.Id)))], Actor.Locations is null, program is null ? null : authority.Fault(program));
    }
}

/// <param name="Secret">Null for a kind that could not keep one.</param>
/// <param name="Address">Of the practice.</param>
/// <param name="EndsNow">The secret before and all tokens ended; otherwise it goes on for a day.</param>
public sealed record SecretModel(ConnectedProgram Program, string? Secret, string Address, bool New, bool EndsNow = false);
