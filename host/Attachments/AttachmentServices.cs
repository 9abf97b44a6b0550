using Modular.Host.Data;
using Modular.Host.Records;

namespace Modular.Host.Attachments;

public static class AttachmentServices
{
    public static IServiceCollection AddAttachments(this IServiceCollection services) => services
        .AddScoped<RecordKinds>().AddScoped<AttachmentStore>().AddScoped<AttachmentPanel>().AddScoped<IRowRecorder, AttachmentRecorder>();
}
