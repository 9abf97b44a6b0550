using Microsoft.EntityFrameworkCore;
using Modular.Host.Programs.Tokens;
using Modular.Sdk;

namespace Modular.Host.Programs;

/// <summary>A program of somebody else, or of the practice's own, that calls the HTTP API.</summary>
public sealed class ConnectedProgram : IVersioned
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public int Version { get; set; }
    public required string Name { get; set; }

    /// <summary>One of <see cref="ProgramKinds"/>, for good.</summary>
    public string Kind { get; init; } = ProgramKinds.Server;

    /// <summary>Where a person's browser may be sent back to; none for a program that only ever acts for itself.</summary>
    public string[] RedirectUris { get; set; } = [];

    /// <summary>Whom to call when it misbehaves.</summary>
    public string? Contact { get; set; }

    /// <summary>Permissions it may ask a token for.</summary>
    public required string[] Scopes { get; set; }
    public bool AllLocations { get; set; } = true;
    public Guid[] Locations { get; set; } = [];
    public int RequestsPerMinute { get; set; } = 300;

    /// <summary>Grows to end every token at once.</summary>
    public int Generation { get; set; } = 1;
    public DateTimeOffset CreatedAt { get; init; }
    public required string CreatedBy { get; init; }
    public DateTimeOffset? RevokedAt { get; set; }
    public string? RevokedBy { get; set; }

    /// <summary>To the minute; written beside the requests, so it is in no change log.</summary>
    public DateTimeOffset? LastUsedAt { get; private set; }

    /// <summary>As programs write it: 32 hex digits.</summary>
    public string ClientId => Id.ToString("N");
}

/// <summary>One secret of a program; only its digest is known here.</summary>
public sealed class ProgramSecret
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public Guid ProgramId { get; init; }

    [NotLogged]
    public required byte[] Digest { get; init; }
    public DateTimeOffset MadeAt { get; init; }

    /// <summary>Null until another takes its place.</summary>
    public DateTimeOffset? EndsAt { get; set; }
}

public sealed class ProgramsDb(ModuleDbContext<ProgramsDb> context) : ModuleDb(context)
{
    public DbSet<ConnectedProgram> Programs => Set<ConnectedProgram>();
    public DbSet<ProgramSecret> Secrets => Set<ProgramSecret>();
    public DbSet<Webhook> Webhooks => Set<Webhook>();

    protected override void Map(ModelBuilder model)
    {
        model.Entity<ConnectedProgram>().ToTable("programs");
        model.Entity<ProgramSecret>().ToTable("program_secrets").HasOne<ConnectedProgram>().WithMany().HasForeignKey(s => s.ProgramId);
        model.Entity<ProgramAuthorization>().ToTable("program_authorizations").HasOne(a => a.Application).WithMany(c => c.Authorizations).HasForeignKey("ApplicationId").IsRequired();
        model.Entity<ProgramAuthorization>().Property(a => a.ConcurrencyToken).IsConcurrencyToken();
        model.Entity<ProgramToken>(token =>
        {
            token.ToTable("program_tokens").HasOne(t => t.Application).WithMany(c => c.Tokens).HasForeignKey("ApplicationId").IsRequired();
            token.HasOne(t => t.Authorization).WithMany(a => a.Tokens).HasForeignKey("AuthorizationId");
            token.Property(t => t.ConcurrencyToken).IsConcurrencyToken();
        });
        // A token's row names its program; everything else about one comes from ProgramReader.
        model.Entity<ProgramClient>(client =>
        {
            client.ToView("programs");
            foreach (var property in typeof(ProgramClient).GetProperties().Where(p => p.Name is not (nameof(ProgramClient.Id) or nameof(ProgramClient.Authorizations) or nameof(ProgramClient.Tokens))))
            {
                client.Ignore(property.Name);
            }
        });
        model.Entity<Webhook>().ToTable("webhooks").HasOne<ConnectedProgram>().WithMany().HasForeignKey(w => w.ProgramId);
    }
}
