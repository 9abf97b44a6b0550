using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Host.Attachments;

public sealed class AttachmentsDb(ModuleDbContext<AttachmentsDb> context) : ModuleDb(context)
{
    public DbSet<Attachment> Attachments => Set<Attachment>();
    public DbSet<AttachmentVersion> Versions => Set<AttachmentVersion>();

    protected override IReadOnlyDictionary<string, FieldError> Sentences { get; } = new Dictionary<string, FieldError>
    {
        ["attachment_versions_attachment_id_number_key"] = new(
            "File", "Somebody else put a new version here at the same moment. Open the file again."),
    };

    protected override void Map(ModelBuilder model)
    {
        model.Entity<Attachment>().Ignore(a => a.Current).HasMany(a => a.Versions).WithOne().HasForeignKey(v => v.AttachmentId);
        model.Entity<AttachmentVersion>().ToTable("attachment_versions").Ignore(v => v.Size).Ignore(v => v.Icon)
            .Property(v => v.Id).ValueGeneratedNever(); // made with the row, so that one added to a known attachment is a new one
    }
}
