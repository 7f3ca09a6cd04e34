/* What the system says of a failure, in the words of the findings. */
#include <nianbao/nianbao.h>

#include <errno.h>
#include <string.h>

static const struct {
    int reason;
    const char *chinese;
} known[] = {
    { EACCES, "没有权限" },
    { EPERM, "没有权限" },
    { ENOENT, "没有这个文件或文件夹" },
    { ENOTDIR, "路径里有一段不是文件夹" },
    { EISDIR, "这是文件夹，不是文件" },
    { EEXIST, "已经有同名的文件" },
    { EROFS, "只能读，不能写" },
    { ENOSPC, "磁盘满了" },
    { EDQUOT, "超过了磁盘配额" },
    { EFBIG, "文件太大" },
    { EIO, "读写设备出错" },
    { EPIPE, "接收的一方已经关闭" },
    { EBUSY, "正被占用" },
    { ETXTBSY, "正被占用" },
    { EMFILE, "打开的文件太多" },
    { ENFILE, "打开的文件太多" },
    { ENOMEM, "内存不足" },
    { ENAMETOOLONG, "文件名太长" },
    { ELOOP, "符号链接绕成了圈" },
    { EXDEV, "不在同一个磁盘上" },
    { EINVAL, "系统不接受" },
    { EBADF, "没有打开" },
};

const char *nb_system_words(int reason, nb_language language)
{
    for (size_t i = 0; i < sizeof known / sizeof known[0] && language != NB_ENGLISH; i++)
        if (known[i].reason == reason)
            return known[i].chinese;
    return strerror(reason);
}
