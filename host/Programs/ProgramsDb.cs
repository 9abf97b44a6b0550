using Microsoft.EntityFrameworkCore;
using Modular.Host.Programs.Tokens;
using Modular.Sdk;

namespace Modular.Host.Programs;

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
